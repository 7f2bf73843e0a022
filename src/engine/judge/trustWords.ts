/** What a reader of a judge's numbers must know. */
export type Doubt = {
  readonly metric: string;
  readonly standing: 'below' | 'unknown';
  readonly bar: number;
  /** Cohen's kappa with people; null when it is not defined. */
  readonly kappa: number | null;
  /** Answers that both judged. */
  readonly compared: number;
};

export function trustWords({ metric, standing, bar, kappa, compared }: Doubt): string {
  const answers = `${compared} ${compared === 1 ? 'answer' : 'answers'}`;
  if (standing === 'below') {
    return `The judge \`${metric}\` agrees too little with people: kappa ${kappa?.toFixed(2)} over ${answers}, and the suite asks for ${bar}.`;
  }
  if (compared === 0)
    return `Whether the judge \`${metric}\` can be trusted is unknown: people have rated none of its answers yet.`;
  return `Whether the judge \`${metric}\` can be trusted is unknown: ${answers} that people rated ${compared === 1 ? 'says' : 'say'} too little.`;
}
