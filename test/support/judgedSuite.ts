import path from 'node:path';
import type { Score } from '../../src/engine/metric/metric.ts';
import type { RunEvent } from '../../src/engine/run/run.ts';
import { type EvaluateOptions, type EvaluateResult, evaluateSuite } from '../../src/node/evaluateSuite.ts';
import { type LoadedSuite, loadSuite } from '../../src/node/workspace/loadSuite.ts';
import { openWorkspace } from '../../src/node/workspace/openWorkspace.ts';
import { type FakeApi, type FakeReply, type FakeRequest, startFakeApi } from './fakeApi.ts';
import { temporaryWorkspaces } from './temporaryWorkspace.ts';

/** What a judge answers: its words, or whatever the server shall do. */
export type Judgement = string | FakeReply;

export type JudgedRun = {
  readonly result: EvaluateResult;
  /** Of the first metric, sample by sample. */
  readonly scores: readonly Score[];
  /** What the judge was sent, in order. */
  readonly asked: readonly FakeRequest[];
};

/** One case, whose answer stands in the column `said`, judged by `lab/judge` on a scripted API. */
export function judgedSuites(): {
  readonly open: (setting: JudgedSetting) => Promise<{ root: string; loaded: LoadedSuite; api: FakeApi }>;
  readonly run: (loaded: LoadedSuite, api: FakeApi, options?: Partial<EvaluateOptions>) => Promise<JudgedRun>;
  readonly judge: (metric: object, setting: Omit<JudgedSetting, 'metrics'>) => Promise<JudgedRun>;
  readonly end: () => Promise<void>;
} {
  const workspaces = temporaryWorkspaces();
  const apis: FakeApi[] = [];
  const open = async ({ row = {}, metrics, suite = '', reply, files = {} }: JudgedSetting) => {
    const api = await startFakeApi((request) => toReply(reply(request)));
    apis.push(api);
    const root = workspaces.make({
      'touchstone.yaml': `providers:\n  lab: { baseUrl: "${api.url}", maxRetries: 0 }\nprices:\n  lab/judge: { inputPerMillion: 100, outputPerMillion: 1000 }\n`,
      'p.prompt': '---\nmodel: replay/said\n---\n{{role "system"}}Help.\n{{role "user"}}{{question}}\n',
      'd.json': JSON.stringify([{ id: 'a', question: 'Why is the sky blue?', said: 'It scatters.', ...row }]),
      's.eval.yaml': `prompts: [p.prompt]\ndata: d.json\n${suite}metrics: ${JSON.stringify(metrics)}\n`,
      ...files,
    });
    const { loaded, problems } = await loadSuite(openWorkspace(root), path.join(root, 's.eval.yaml'));
    if (!loaded) throw new Error(JSON.stringify(problems));
    return { root, loaded, api };
  };
  const run = async (loaded: LoadedSuite, api: FakeApi, options: Partial<EvaluateOptions> = {}) => {
    const scores: Score[] = [];
    const onEvent = (event: RunEvent) => {
      if (event.type !== 'sample-finished' || event.sample.status === 'error') return;
      const [first] = event.sample.scores;
      if (first) scores.push(first);
    };
    const before = api.requests.length;
    const signal = new AbortController().signal;
    const result = await evaluateSuite(loaded, {
      signal,
      onEvent,
      history: false,
      access: { secret: async () => 'sk-1' },
      ...options,
    });
    return { result, scores, asked: api.requests.slice(before) };
  };
  return {
    open,
    run,
    judge: async (metric, setting) => {
      const { loaded, api } = await open({ ...setting, metrics: [metric] });
      return run(loaded, api);
    },
    end: async () => {
      workspaces.remove();
      await Promise.all(apis.splice(0).map((api) => api.stop()));
    },
  };
}

export type JudgedSetting = {
  readonly metrics: readonly unknown[];
  readonly row?: { readonly [column: string]: unknown };
  /** Lines of the suite. */
  readonly suite?: string;
  readonly reply: (request: FakeRequest) => Judgement;
  readonly files?: { readonly [name: string]: string };
};

function toReply(judgement: Judgement): FakeReply {
  return typeof judgement === 'string' ? { output: judgement } : judgement;
}
