import { type ModelRef, parseModelRef } from '../../engine/model/modelClient.ts';
import { recordingLine } from '../../engine/model/recording.ts';
import { readPrompt } from '../../engine/prompt/formats/readPrompt.ts';
import { loadClosure } from '../../engine/prompt/loadClosure.ts';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import type { RunHeader, RunPrompt } from '../../engine/run/run.ts';
import type { StoredSample } from '../../node/store/storedSample.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { plural } from '../format.ts';
import { outputFile } from '../outputFile.ts';
import { sampleLine } from '../reporters/sampleLine.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { textSink } from '../textSink.ts';
import { findRun, type WorkspaceOption, withHistory } from './pastRun.ts';

export type ExportOptions = WorkspaceOption & { readonly recording?: boolean; readonly out?: string };

/** `touchstone export`: the samples of a run as JSON lines, or its answers as a recording that `replay` plays back. */
export async function exportCommand(id: string, options: ExportOptions, shell: Shell): Promise<ExitCode> {
  return withHistory(options, shell, async (history) => {
    const { header } = findRun(history, id);
    const requests = options.recording ? await requestsOf(header) : null;
    const target = outputFile(shell, options.out);
    const sink = await textSink(target, shell.stdout);
    let skipped = 0;
    let written = 0;
    try {
      for (const line of linesOf(history.allSamples(header.id), header, requests)) {
        if (shell.signal.aborted) return EXIT.cancelled;
        if (line === null) skipped += 1;
        else if (await sink.add(line)) written += 1;
        else return EXIT.ok;
      }
      await sink.close();
    } finally {
      await sink.discard();
    }
    if (target !== null) shell.stderr.write(`${plural(written, 'line')} written to ${shownPath(shell.cwd, target)}.\n`);
    if (skipped > 0)
      shell.stderr.write(`${plural(skipped, 'sample')} left out: without an answer there is nothing to play back.\n`);
    return EXIT.ok;
  });
}

/** One by one; null for a sample that a recording cannot play back. */
function* linesOf(
  samples: Iterable<StoredSample>,
  { variants }: RunHeader,
  requests: ReadonlyMap<string, VariantRequest> | null,
): Generator<string | null> {
  const byId = new Map(variants.map((variant) => [variant.id, variant]));
  for (const { sample } of samples) {
    const variant = byId.get(sample.variantId);
    if (!variant) continue;
    const request = requests?.get(variant.id);
    yield request
      ? recordingLine({ ...request, messages: sample.messages, repeat: sample.repeat }, sample)
      : sampleLine(sample, variant);
  }
}

type VariantRequest = Pick<Parameters<typeof recordingLine>[0], 'model' | 'params' | 'tools' | 'output'>;

/** What each variant asked besides its messages, from the texts that the run kept. */
async function requestsOf({ variants, prompts }: RunHeader): Promise<ReadonlyMap<string, VariantRequest>> {
  const requests = new Map<string, VariantRequest>();
  for (const variant of variants) {
    const prompt = prompts.find(({ path, version }) => path === variant.prompt && version === variant.promptVersion);
    if (!prompt) continue;
    const { toolDefinitions: tools, output } = (await closureOf(prompt)).document.metadata;
    const model: ModelRef = parseModelRef(variant.model) ?? { provider: 'unknown', name: variant.model };
    requests.set(variant.id, { model, params: variant.params, tools, output });
  }
  return requests;
}

function closureOf({ path, text, partials }: RunPrompt): Promise<PromptClosure> {
  return loadClosure(readPrompt(text, path), async (name) =>
    Object.hasOwn(partials, name) ? { path: name, text: partials[name] ?? '' } : undefined,
  );
}
