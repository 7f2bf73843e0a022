import * as vscode from 'vscode';
import type { TestedCase } from '../../protocol/testing.ts';
import type { ShownTest } from '../api.ts';
import { baseName } from '../fileKind.ts';
import type { Services } from '../services.ts';
import { confirmContinuous, watchSaves } from './continuous.ts';
import { type TestNode, testNodes } from './testNodes.ts';
import { type ProfileKind, suitesAsked, type TestPlace, wantedOf } from './testRequests.ts';

export type ExplorerPorts = Pick<Services, 'worker' | 'controller' | 'suites'> & {
  readonly evaluate: Services['evaluateCases'];
  readonly rescore: Services['rescoreSuite'];
  readonly onError: (error: unknown) => void;
};

/** Suites and their cases in VS Code's own Testing view; nothing is read before somebody looks at it. */
export class TestExplorer implements vscode.Disposable {
  readonly #ports: ExplorerPorts;
  readonly #tests = vscode.tests.createTestController('touchstone', 'Touchstone');
  readonly #places = new WeakMap<vscode.TestItem, TestPlace>();
  /** Runs of this view report themselves; of the others the end is watched. */
  readonly #own = new Set<string>();
  readonly #started = new Map<string, string>();
  readonly #ends: (() => void)[];

  constructor(ports: ExplorerPorts) {
    this.#ports = ports;
    const profile = (kind: ProfileKind, label: string, isDefault: boolean) =>
      this.#tests.createRunProfile(
        label,
        vscode.TestRunProfileKind.Run,
        (request, token) => this.#run(kind, request, token),
        isDefault,
        undefined,
        kind === 'evaluate',
      );
    profile('evaluate', 'Evaluate', true);
    profile('few', 'Evaluate (3 cases)', false);
    profile('rescore', 'Re-score only', false);
    this.#tests.resolveHandler = (item) => (item ? this.#resolve(item) : this.#discover());
    this.#tests.refreshHandler = () => this.#discover();
    this.#ends = [
      ports.controller.runStarted.on(({ suitePath, runId }) => this.#started.set(suitePath, runId)),
      ports.controller.changed.on(() => void this.#reportEnded()),
    ];
  }

  /** What is on show. */
  shown(): readonly ShownTest[] {
    return shownTests(this.#tests.items);
  }

  dispose(): void {
    for (const end of this.#ends) end();
    this.#tests.dispose();
  }

  async #discover(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const found = (await Promise.all(folders.map((folder) => this.#ports.worker().suites(folder)))).flat();
    this.#tests.items.replace(
      found.map((suite) => {
        const known = this.#tests.items.get(suite);
        if (known) return known;
        const label = vscode.workspace.asRelativePath(suite);
        const item = this.#tests.createTestItem(suite, label, vscode.Uri.file(suite));
        item.canResolveChildren = true;
        item.range = new vscode.Range(0, 0, 0, 0);
        this.#places.set(item, { suite, caseId: null });
        return item;
      }),
    );
    // What is known from before stands there at once, as it would if it had just been run.
    for (const [, item] of this.#tests.items) await this.#restore(item).catch(this.#ports.onError);
  }

  async #resolve(item: vscode.TestItem): Promise<void> {
    const place = this.#places.get(item);
    if (place && item.canResolveChildren) await this.#show(item, place.suite, null);
  }

  async #restore(item: vscode.TestItem): Promise<void> {
    const place = this.#places.get(item);
    if (!place) return;
    const shown = await this.#show(item, place.suite, null);
    if (!shown?.finishedAt) return;
    const name = `${baseName(place.suite)}, ${new Date(shown.finishedAt).toLocaleString()}`;
    this.#report(this.#begin(item, name), shown.leaves, true);
  }

  /** Makes the children of a suite what they are now; gives those that stand for cases. */
  async #show(item: vscode.TestItem, suite: string, runId: string | null) {
    const tests = await this.#ports.worker().suiteTests(suite, runId);
    item.error = tests === null ? 'It has errors: they stand in Problems.' : undefined;
    if (tests === null) return null;
    const leaves: [vscode.TestItem, TestedCase | null][] = [];
    const dataUri = tests.dataPath === null ? undefined : vscode.Uri.file(tests.dataPath);
    const make = (node: TestNode, parent: vscode.TestItem): vscode.TestItem => {
      const child =
        parent.children.get(node.id) ??
        this.#tests.createTestItem(node.id, node.label, node.line === null ? item.uri : dataUri);
      child.label = node.label;
      // One run may have taken some cases only: what is known of the others stays.
      if (runId === null || node.tested !== null || node.children.length > 0) child.description = node.description;
      if (node.line !== null) child.range = new vscode.Range(node.line, 0, node.line, 0);
      this.#places.set(child, { suite, caseId: node.line === null ? null : node.id });
      if (node.line !== null) leaves.push([child, node.tested]);
      else child.children.replace(node.children.map((one) => make(one, child)));
      return child;
    };
    const { description, children } = testNodes(tests);
    item.description = description;
    item.children.replace(children.map((node) => make(node, item)));
    return { leaves, finishedAt: tests.finishedAt };
  }

  async #run(kind: ProfileKind, request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const asked = this.#asked(request);
    if (!request.continuous) return this.#runOnce(kind, request, asked, token);
    const suites = [...asked.keys()];
    if (!(await confirmContinuous(suites, this.#ports.suites))) return;
    watchSaves(suites, {
      ...this.#ports,
      token,
      run: (suite) => void this.#runOnce(kind, request, new Map([[suite, asked.get(suite) ?? null]]), token),
    });
  }

  async #runOnce(
    kind: ProfileKind,
    request: vscode.TestRunRequest,
    asked: ReadonlyMap<string, readonly string[] | null>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const run = this.#tests.createTestRun(request);
    try {
      for (const [suite, ids] of asked) {
        const item = this.#tests.items.get(suite);
        if (!item || token.isCancellationRequested) continue;
        const before = await this.#show(item, suite, null);
        for (const [leaf] of before?.leaves ?? []) if (ids === null || ids.includes(leaf.id)) run.enqueued(leaf);
        const stop = token.onCancellationRequested(() => this.#ports.controller.stop(suite));
        this.#own.add(suite);
        try {
          const answer =
            kind === 'rescore'
              ? await this.#ports.rescore(suite)
              : await this.#ports.evaluate(suite, wantedOf(kind, ids));
          if (!answer?.started) continue;
          const after = await this.#show(item, suite, answer.summary.header.id);
          this.#report(run, after?.leaves ?? [], false);
          await this.#show(item, suite, null);
        } finally {
          this.#own.delete(suite);
          stop.dispose();
        }
      }
    } catch (error) {
      this.#ports.onError(error);
    } finally {
      run.end();
    }
  }

  /** Evaluations that a lens, the playground or a command started. */
  async #reportEnded(): Promise<void> {
    for (const [suite, runId] of [...this.#started]) {
      if (this.#ports.controller.evaluation(suite)) continue;
      this.#started.delete(suite);
      const item = this.#tests.items.get(suite);
      if (!item || this.#own.has(suite)) continue;
      try {
        const shown = await this.#show(item, suite, runId);
        if (shown) this.#report(this.#begin(item, baseName(suite)), shown.leaves, true);
        await this.#show(item, suite, null);
      } catch (error) {
        this.#ports.onError(error);
      }
    }
  }

  #asked({ include = [], exclude = [] }: vscode.TestRunRequest): ReadonlyMap<string, readonly string[] | null> {
    const places = (items: readonly vscode.TestItem[]) => items.flatMap((item) => this.#places.get(item) ?? []);
    const all: string[] = [];
    for (const [id] of this.#tests.items) all.push(id);
    return suitesAsked(places(include), places(exclude), all);
  }

  /** A run that nobody asked for here: it takes neither the focus nor the panel. */
  #begin(item: vscode.TestItem, name: string): vscode.TestRun {
    return this.#tests.createTestRun(new vscode.TestRunRequest([item], undefined, undefined, false, true), name, false);
  }

  #report(
    run: vscode.TestRun,
    leaves: readonly (readonly [vscode.TestItem, TestedCase | null])[],
    ends: boolean,
  ): void {
    for (const [item, tested] of leaves) if (tested) report(run, item, tested);
    if (ends) run.end();
  }
}

function shownTests(items: vscode.TestItemCollection): ShownTest[] {
  return [...items].map(([, { label, description = '', children }]) => ({
    label,
    description,
    children: shownTests(children),
  }));
}

function report(run: vscode.TestRun, item: vscode.TestItem, { status, latencyMs, reasons }: TestedCase): void {
  const duration = latencyMs ?? undefined;
  const messages = reasons.map(({ text, difference }) => {
    const message = difference
      ? vscode.TestMessage.diff(text, difference.expected, difference.actual)
      : new vscode.TestMessage(text);
    if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
    return message;
  });
  switch (status) {
    case 'pass':
      run.passed(item, duration);
      break;
    case 'fail':
      run.failed(item, messages, duration);
      break;
    case 'error':
      run.errored(item, messages, duration);
      break;
    case 'unscored':
      run.skipped(item);
      for (const { text } of reasons)
        run.appendOutput(`${item.id}: ${text.replace(/\r?\n/g, '\r\n')}\r\n`, undefined, item);
  }
}
