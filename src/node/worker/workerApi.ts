import { existsSync } from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { conversionReport } from '../../engine/prompt/convert/conversionReport.ts';
import type { HostApi, WorkerApi } from '../../protocol/worker.ts';
import { layHistory } from '../git/layHistory.ts';
import { textAt } from '../git/revision.ts';
import { namedRevisions } from '../git/revisions.ts';
import type { ModelAccess } from '../model/access.ts';
import { setNetwork } from '../model/network.ts';
import { modelOffers } from '../model/offers.ts';
import { testNamedModel, testProvider } from '../model/testConnection.ts';
import { baselinePlace, baselineText } from '../newBaseline.ts';
import { blamePrompt, promptVersions } from '../promptVersions.ts';
import { tokenCounter } from '../tokens.ts';
import { checkFile } from '../workspace/checkFile.ts';
import { convertFile } from '../workspace/convertFile.ts';
import { findSuites } from '../workspace/findSuites.ts';
import { loadPrompt } from '../workspace/loadPrompt.ts';
import { answerCase } from './answerCase.ts';
import { Calls } from './calls.ts';
import { caseRequest } from './caseRequest.ts';
import { comparedTexts } from './comparedTexts.ts';
import { compareInWorker } from './compareInWorker.ts';
import { Comparisons } from './comparisons.ts';
import { Datasets } from './datasets.ts';
import { EditorCalls } from './editorCalls.ts';
import { evaluateInWorker, obstaclesTo } from './evaluateInWorker.ts';
import { readPromptState, readSuiteState, type StatePorts } from './fileStates.ts';
import { Heads } from './heads.ts';
import { Histories } from './histories.ts';
import { createHistoryApi, ofFile } from './historyApi.ts';
import { createLanguageApi } from './languageApi.ts';
import { languageProblems } from './languageProblems.ts';
import { LanguageViews } from './languageViews.ts';
import { located } from './located.ts';
import { planNewCases } from './newCases.ts';
import { chooseCase, previewPrompt } from './preview.ts';
import { openPrompt } from './promptUse.ts';
import { readResults } from './readResults.ts';
import { rescoreInWorker } from './rescoreInWorker.ts';
import { resumeInWorker } from './resumeInWorker.ts';
import { createReviewApi } from './reviewApi.ts';
import { RunComparisons } from './runComparisons.ts';
import { savedCase } from './savedCase.ts';
import { suiteTests } from './suiteTests.ts';
import { Trials, writtenWeights } from './trials.ts';
import { Workspaces } from './workspaces.ts';

/** Commits of a prompt, in a list that somebody reads, and for lines that came with any of them. */
const MOST_VERSIONS = 50;
const MOST_BLAMED = 300;

/** The engine as the extension sees it. One for a worker; keeps open buffers, files that were read, histories and calls. */
export function createWorkerApi(host: HostApi): WorkerApi {
  const workspaces = new Workspaces();
  const datasets = new Datasets(workspaces);
  const histories = new Histories();
  const comparisons = new Comparisons();
  const trials = new Trials();
  const runComparisons = new RunComparisons();
  /** Ratings, also those that stand beside a suite, change the figures of runs that have ended. */
  const onScored = () => {
    comparisons.forget();
    trials.forget();
    runComparisons.forget();
  };
  const calls = new Calls();
  const editorCalls = new EditorCalls();
  const access: ModelAccess = { secret: (provider) => host.secret(provider), editor: editorCalls.models(host) };
  const views = new LanguageViews(datasets);
  const versionsOf = (file: string, limit: number) => {
    const workspace = workspaces.at(file);
    return promptVersions(workspace, file, histories.at(workspace.root), { limit });
  };
  const ports: StatePorts = { datasets, histories, comparisons, heads: new Heads(), access };

  return {
    ...createLanguageApi(workspaces, views),
    setFolders: (folders, trusted) => workspaces.setFolders(folders, trusted),
    setNetwork: (settings) => setNetwork(settings),
    setOverlay: (file, text) => workspaces.setOverlay(file, text),

    async check(file) {
      const workspace = workspaces.at(file);
      const problems = await checkFile(workspace, file);
      return located(workspace, [...problems, ...(await languageProblems(views, workspace, file))]);
    },
    async obstacles(suite) {
      const workspace = workspaces.at(suite);
      const { problems, loaded } = await obstaclesTo(workspace, suite, access);
      return loaded ? [] : located(workspace, problems);
    },
    promptState: (file, suite) => readPromptState(workspaces.at(file), file, suite, ports),
    suiteState: (file) => readSuiteState(workspaces.at(file), file, ports),
    async preview(file, caseIndex, suite, vars) {
      const workspace = workspaces.at(file);
      return previewPrompt(workspace, datasets, await openPrompt(workspace, file, suite), caseIndex, vars);
    },

    async request(file, caseIndex, suite, vars) {
      const workspace = workspaces.at(file);
      return caseRequest(workspace, datasets, await openPrompt(workspace, file, suite), caseIndex, vars);
    },
    runCase: (callId, file, asked) =>
      calls.run(callId, (signal) =>
        answerCase(workspaces.at(file), datasets, file, asked, {
          signal,
          onDelta: (text) => host.onDelta(callId, text),
          onCheck: (check) => host.onCheck(callId, check),
          access,
        }),
      ),
    suiteTests: async (suite, runId) => {
      const workspace = workspaces.at(suite);
      return suiteTests(workspace, suite, histories.at(workspace.root), runId);
    },
    evaluate: (callId, suite, wanted) =>
      calls.run(callId, (signal) => {
        const onProgress = (progress: Parameters<HostApi['onProgress']>[1]) => host.onProgress(callId, progress);
        const ports = { signal, onProgress, access };
        return evaluateInWorker(workspaces.at(suite), suite, ports, wanted).finally(onScored);
      }),
    compareWith: (callId, suite, revision) =>
      calls.run(callId, (signal) => {
        const onProgress = (progress: Parameters<HostApi['onProgress']>[1]) => host.onProgress(callId, progress);
        return compareInWorker(workspaces.at(suite), suite, revision, { signal, onProgress, access }).finally(onScored);
      }),
    revisions: (file) => namedRevisions(workspaces.at(file).root, [file]),
    versions: (file) => versionsOf(file, MOST_VERSIONS),
    blame: async (file) => blamePrompt(workspaces.at(file), file, await versionsOf(file, MOST_BLAMED)),
    textAt: (file, commit) => textAt(workspaces.at(file).root, file, commit),
    modelOffers: (file) => modelOffers(workspaces.at(file), access),
    testProvider: (callId, file, provider, timeoutMs) =>
      calls.run(callId, (signal) =>
        testProvider(provider, { workspace: workspaces.at(file), access }, { signal, timeoutMs }),
      ),
    testModel: (callId, file, model) =>
      calls.run(callId, (signal) => testNamedModel(model, workspaces.at(file), file, { access, signal })),
    onEditorDelta: (callId, text) => editorCalls.onDelta(callId, text),
    stop: (callId) => calls.stop(callId),

    ...createHistoryApi(workspaces, histories),
    async results(file, runId) {
      const workspace = workspaces.at(file);
      const history = histories.at(workspace.root);
      const query = ofFile(workspace, file);
      const newest = history?.runs({ ...query, limit: 1 })[0]?.id;
      const id = runId ?? newest;
      if (!history || id === undefined) return null;
      const promptPath = 'promptPath' in query ? query.promptPath : null;
      return readResults(workspace, history, { runId: id, promptPath, isNewest: id === newest }, comparisons);
    },
    async baseline(file, runId) {
      const workspace = workspaces.at(file);
      const history = histories.at(workspace.root);
      const id = runId ?? history?.runs({ ...ofFile(workspace, file), limit: 1 })[0]?.id;
      const run = id === undefined ? null : (history?.run(id) ?? null);
      if (!history || !run)
        throw new TouchstoneError('not-found', 'There is no run yet.', { remedy: 'Evaluate first.' });
      return { path: await baselinePlace(workspace, run), text: baselineText(history, run) };
    },
    async samples(file, query) {
      const history = histories.at(workspaces.at(file).root);
      const tried = history && query.trial ? trials.page(history, query, query.trial) : null;
      return tried ?? history?.samples(query) ?? { query, total: 0, rows: [] };
    },
    async comparison(file, ids) {
      const history = histories.at(workspaces.at(file).root);
      return history ? runComparisons.state(history, ids) : { ids, found: null, note: 'Nothing was run here yet.' };
    },
    async comparedRows(file, query) {
      const history = histories.at(workspaces.at(file).root);
      return history ? runComparisons.page(history, query) : { query, total: 0, rows: [] };
    },
    async comparedTexts(file, ids, wanted) {
      const history = histories.at(workspaces.at(file).root);
      return history && comparedTexts(history, ids, wanted);
    },
    async trial(file, runId, trial) {
      const history = histories.at(workspaces.at(file).root);
      return history && trials.state(history, runId, trial);
    },
    async writtenWeights(file, runId, trial) {
      const workspace = workspaces.at(file);
      const history = histories.at(workspace.root);
      if (!history) return { ok: false, message: 'Nothing was run here yet.' };
      return writtenWeights(workspace, history, runId, trial);
    },
    rescore: (callId, suite, runId) =>
      calls.run(callId, (signal) => {
        const onProgress = (progress: Parameters<HostApi['onProgress']>[1]) => host.onProgress(callId, progress);
        return rescoreInWorker(workspaces.at(suite), runId, { signal, onProgress, access }).finally(onScored);
      }),
    resume: (callId, suite, runId) =>
      calls.run(callId, (signal) => {
        const onProgress = (progress: Parameters<HostApi['onProgress']>[1]) => host.onProgress(callId, progress);
        return resumeInWorker(workspaces.at(suite), runId, { signal, onProgress, access }).finally(onScored);
      }),
    async sample(file, runId, sampleId) {
      return histories.at(workspaces.at(file).root)?.sample(runId, sampleId) ?? null;
    },
    ...createReviewApi(workspaces, histories, onScored),

    async tokens(model, texts) {
      const count = await tokenCounter(model);
      const counted = texts.map(count);
      return { counts: counted.map(({ tokens }) => tokens), exact: counted.every(({ exact }) => exact) };
    },
    async caseLocation(file, caseIndex, suite) {
      const workspace = workspaces.at(file);
      const use = await openPrompt(workspace, file, suite);
      const dataset = use.suite?.dataset ?? null;
      const chosen = await chooseCase(workspace, datasets, use.closure, dataset, caseIndex);
      return dataset && chosen && { path: dataset.file, line: chosen.testCase.line };
    },
    async convert(file) {
      const { targetPath, text, ...found } = await convertFile(workspaces.at(file), file);
      const names = { from: path.basename(file), to: path.basename(targetPath) };
      return { targetPath, text, report: conversionReport(names, found) };
    },
    async newCases(file) {
      const { closure } = await loadPrompt(workspaces.at(file), file);
      return planNewCases(closure.document, existsSync);
    },
    async savedCase(file, asked, suite) {
      const workspace = workspaces.at(file);
      return savedCase(workspace, datasets, await openPrompt(workspace, file, suite), asked);
    },
    layHistory,
    suites: (folder) => findSuites(folder),
    async close() {
      calls.stopAll(new TouchstoneError('cancelled', 'Touchstone is closing.'));
      await calls.settled();
      histories.close();
    },
  };
}
