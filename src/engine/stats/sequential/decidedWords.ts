/** `Decided after 40 of 200 cases; the other 160 were not asked.` */
export function decidedWords(after: number, cases: number): string {
  const left = cases - after;
  const others = left === 1 ? 'the other one was' : `the other ${left} were`;
  return `Decided after ${after} of ${cases} cases${left > 0 ? `; ${others} not asked` : ''}.`;
}
