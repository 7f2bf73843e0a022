/** How much of a fault test is done: a little with every test run, all of it by `npm run soak`. */
export function soak(short: number, long: number): number {
  return process.env['MODE'] === 'soak' ? long : short;
}
