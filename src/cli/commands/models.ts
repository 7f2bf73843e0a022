import { parseModelRef } from '../../engine/model/modelClient.ts';
import { modelOffers } from '../../node/model/offers.ts';
import { modelObstacle } from '../../node/model/resolveModel.ts';
import { testNamedModel, testProvider } from '../../node/model/testConnection.ts';
import { openWorkspace } from '../../node/workspace/openWorkspace.ts';
import type { Workspace } from '../../node/workspace/workspace.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatMilliseconds, plural } from '../format.ts';
import { oneLine } from '../plainText.ts';
import { type Column, textTable } from '../reporters/textTable.ts';
import type { Shell } from '../shell.ts';
import { printProblems } from '../tellUser.ts';

export type ModelsOptions = { readonly test?: boolean; readonly json?: boolean };

/** A local server that runs answers at once. */
const LOCAL_PATIENCE_MS = 1500;

type Tested = Awaited<ReturnType<typeof testProvider>>;
type Row = {
  readonly name: string;
  readonly where: string;
  readonly key: string;
  /** Its failure is one of the command: it was named, or has a key. */
  readonly counts: boolean;
  readonly test: (() => Promise<Tested>) | null;
};

/** `touchstone models`: what can be asked from here and, with --test, whether it answers. */
export async function modelsCommand(names: readonly string[], options: ModelsOptions, shell: Shell): Promise<ExitCode> {
  const workspace = openWorkspace(shell.cwd, { cwd: shell.cwd });
  printProblems(shell, workspace.configProblems);
  const rows = names.length > 0 ? await namedRows(names, workspace, shell) : await allRows(workspace, shell);
  const results = await Promise.all(
    rows.map(async (row) => ({ row, answer: options.test && row.test ? await row.test() : null })),
  );
  if (shell.signal.aborted) return EXIT.cancelled;
  if (options.json) {
    const list = results.map(({ row: { name, where, key }, answer }) => ({ name, where, key, test: answer }));
    shell.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
  } else {
    print(results, options.test === true, shell);
  }
  return results.some(({ row, answer }) => row.counts && answer?.ok === false) ? EXIT.environment : EXIT.ok;
}

type Result = { readonly row: Row; readonly answer: Tested | null };

function print(results: readonly Result[], isTest: boolean, { stdout, stderr }: Shell): void {
  const column = (title: string, textOf: (result: Result) => string): Column => ({
    title,
    align: 'left',
    cells: results.map((result) => ({ text: oneLine(textOf(result)) })),
  });
  const facts = [
    column('where', ({ row }) => row.where),
    column('key', ({ row }) => row.key),
    ...(isTest ? [column('answer', ({ answer }) => answerWords(answer))] : []),
  ];
  const lines = textTable(
    column('model', ({ row }) => row.name),
    facts.map((one) => [one]),
    stdout.columns(),
    stdout.colors.dim,
  );
  stdout.write(`${lines.join('\n')}\n`);
  for (const { row, answer } of results) {
    if (answer?.ok !== false || !row.counts) continue;
    const remedy = answer.remedy === null ? '' : ` ${answer.remedy}`;
    stderr.write(`${stderr.colors.red(`${row.name}:`)} ${oneLine(`${answer.message}${remedy}`)}\n`);
  }
}

function answerWords(answer: Tested | null): string {
  if (answer === null) return '';
  if (!answer.ok) return answer.code;
  const what = answer.models === null ? 'yes' : plural(answer.models.length, 'model');
  return `${what}, ${formatMilliseconds(answer.latencyMs)}`;
}

async function allRows(workspace: Workspace, shell: Shell): Promise<Row[]> {
  const { signal } = shell;
  const { keyed, local, targets } = await modelOffers(workspace, {});
  const provider = (name: string, timeoutMs?: number) => () =>
    testProvider(name, { workspace, access: {} }, { signal, timeoutMs });
  return [
    ...keyed.map(({ provider: name, address, keyFrom }) => ({
      name: `${name}/…`,
      where: address,
      key: keyFrom ?? '',
      counts: true,
      test: provider(name),
    })),
    ...local.map(({ provider: name, address, keyFrom }) => ({
      name: `${name}/…`,
      where: address,
      key: keyFrom ?? 'none needed',
      counts: false,
      test: provider(name, LOCAL_PATIENCE_MS),
    })),
    // Asking a target may cost what nobody knows: only by its name.
    ...targets.map((name) => ({ name, where: 'touchstone.yaml', key: '', counts: true, test: null })),
  ];
}

async function namedRows(names: readonly string[], workspace: Workspace, shell: Shell): Promise<Row[]> {
  return Promise.all(
    names.map(async (name) => {
      const ref = parseModelRef(name);
      const obstacle = ref && (await modelObstacle(ref, { workspace, folder: shell.cwd, access: {} }));
      return {
        name,
        where: obstacle ? obstacle.message : '',
        key: '',
        counts: true,
        test: () => testNamedModel(name, workspace, `${shell.cwd}/.`, { access: {}, signal: shell.signal }),
      };
    }),
  );
}
