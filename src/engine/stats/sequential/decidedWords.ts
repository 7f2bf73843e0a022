/**
 * `Decided after 40 of 200 cases; 150 were not asked.`
 *
 * @param after how many cases had come when it was decided
 * @param asked cases of which there is an answer: those under way meanwhile too
 */
export function decidedWords(after: number, asked: number, cases: number): string {
  const left = cases - Math.max(after, asked);
  return `Decided after ${after} of ${cases} cases${left > 0 ? `; ${left === 1 ? 'one was' : `${left} were`} not asked` : ''}.`;
}
