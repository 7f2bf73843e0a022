/**
 * x of A x = b.
 *
 * @param matrix square and not singular; not changed
 * Source: Gaussian elimination with partial pivoting.
 */
export function solve(matrix: readonly (readonly number[])[], values: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, values[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const below = rows.slice(column);
    const pivot = below.reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows.slice(column + 1)) {
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      if (factor !== 0) for (let k = column; k <= size; k += 1) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at -= 1) {
    const row = rows[at] ?? [];
    let rest = row[size] ?? 0;
    for (let k = at + 1; k < size; k += 1) rest -= (row[k] ?? 0) * (solution[k] ?? 0);
    solution[at] = rest / (row[at] ?? 1);
  }
  return solution;
}
