// The process that a `script` metric runs in: loads the module that its argument names, then answers each question on stdin.
import { Console } from 'node:console';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

type ScoreFunction = (question: object) => unknown;

const file = process.argv[2] ?? '';
const answer = process.stdout.write.bind(process.stdout);
// What the module prints is for people; stdout has answers only.
globalThis.console = new Console(process.stderr);
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

const loading = load();
// Told with the first answer.
loading.catch(() => {});

for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const { id, ...question } = JSON.parse(line) as { readonly id: number };
  answer(`${await answerTo(id, question)}\n`);
}
// A timer or connection of the module keeps nothing alive.
process.exit(0);

async function answerTo(id: number, question: object): Promise<string> {
  try {
    const score = await loading;
    return JSON.stringify({ id, ...asAnswer(await score(question)) });
  } catch (error) {
    return JSON.stringify({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

function asAnswer(returned: unknown): object {
  if (typeof returned === 'object' && returned !== null && !Array.isArray(returned)) {
    checkNumber('score' in returned ? returned.score : undefined);
    return returned;
  }
  checkNumber(returned);
  return { score: returned };
}

/** JSON would make null of it, which says something else. */
function checkNumber(score: unknown): void {
  if (typeof score === 'number' && !Number.isFinite(score)) throw new Error(`it returned the score ${score}.`);
  if (score === undefined)
    throw new Error('it returned no score: return a number, true or false, or { score, reason }.');
}

async function load(): Promise<ScoreFunction> {
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new Error(`it cannot be loaded: ${whyNot(error)}`);
  }
  // A CommonJS module has its exports as its default.
  const inner = module['default'] as Record<string, unknown> | undefined;
  const found = [module['score'], inner, inner?.['score']].find((one) => typeof one === 'function');
  if (found) return found as ScoreFunction;
  throw new Error('it exports no function: export one by the name `score`, or as the default.');
}

function whyNot(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_UNKNOWN_FILE_EXTENSION') return message;
  return `Node ${process.versions.node} does not run this kind of file. TypeScript needs Node 22.18; JavaScript is a .js or .mjs file.`;
}
