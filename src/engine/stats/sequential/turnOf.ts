/**
 * When a case is asked where the order must be random: by this number, the lower first. The same for the same case, however many
 * others there are, so that a run that is taken up again, and whoever judges it later, finds the same order.
 *
 * @param caseIndex position in the dataset, from 0
 * @returns 32 bits as an integer; another for each position
 * Source: the finaliser of MurmurHash3, which maps 32 bits one to one.
 */
export function turnOf(caseIndex: number): number {
  let bits = Math.imul(caseIndex + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
