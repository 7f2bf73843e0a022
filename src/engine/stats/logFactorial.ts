/** Natural logarithms of 0! to `most`!, summed with compensation. */
export function logFactorials(most: number): (n: number) => number {
  const table = new Float64Array(most + 1);
  let sum = 0;
  let lost = 0;
  for (let n = 2; n <= most; n += 1) {
    const part = Math.log(n) - lost;
    const next = sum + part;
    lost = next - sum - part;
    sum = next;
    table[n] = sum;
  }
  return (n) => table[n] ?? 0;
}
