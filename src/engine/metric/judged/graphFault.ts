import { quote } from '../words.ts';

/** A question with its answers: each is worth a score, or names the next question. */
export type QuestionNode = { readonly ask: string; readonly answers: { readonly [answer: string]: number | string } };
type Nodes = { readonly [name: string]: QuestionNode };

/** In words what is wrong with a graph of questions; null when each way through it ends at a score. */
export function graphFault(nodes: Nodes, start: string | undefined): string | null {
  const names = Object.keys(nodes);
  const first = start ?? names[0];
  if (first === undefined) return 'Give at least one question in `nodes`.';
  if (!Object.hasOwn(nodes, first)) return `\`start\` names no question: ${quote(first)}.`;
  for (const [name, { answers }] of Object.entries(nodes)) {
    if (Object.keys(answers).length < 2) return `The question ${quote(name)} needs at least two answers.`;
    const stray = targetsOf(nodes, name).find((target) => !Object.hasOwn(nodes, target));
    if (stray !== undefined) return `An answer to ${quote(name)} leads to ${quote(stray)}, which is no question.`;
  }
  const done = new Set<string>();
  const loop = loopFrom(nodes, first, [], done);
  if (loop !== null) return `The questions go in a circle: ${loop.map(quote).join(' to ')}.`;
  const lost = names.find((name) => !done.has(name));
  return lost === undefined ? null : `No answer leads to the question ${quote(lost)}.`;
}

function loopFrom(nodes: Nodes, name: string, above: readonly string[], done: Set<string>): string[] | null {
  if (above.includes(name)) return [...above.slice(above.indexOf(name)), name];
  if (done.has(name)) return null;
  for (const target of targetsOf(nodes, name)) {
    const loop = loopFrom(nodes, target, [...above, name], done);
    if (loop !== null) return loop;
  }
  done.add(name);
  return null;
}

function targetsOf(nodes: Nodes, name: string): string[] {
  return Object.values(nodes[name]?.answers ?? {}).filter((target) => typeof target === 'string');
}
