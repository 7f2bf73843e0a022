import fs from 'node:fs';
import path from 'node:path';
import { type ModelRef, parseModelRef } from '../../engine/model/modelClient.ts';
import { recordingLine } from '../../engine/model/recording.ts';
import { loadClosure } from '../../engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../engine/prompt/parsePrompt.ts';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import type { RunHeader, RunPrompt } from '../../engine/run/run.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { plural } from '../format.ts';
import { sampleLine } from '../reporters/sampleLine.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { findRun, type WorkspaceOption, withHistory } from './pastRun.ts';

export type ExportOptions = WorkspaceOption & { readonly recording?: boolean; readonly out?: string };

/** `touchstone export`: the samples of a run as JSON lines, or its answers as a recording that `replay` plays back. */
export async function exportCommand(id: string, options: ExportOptions, shell: Shell): Promise<ExitCode> {
  const { lines, skipped } = await withHistory(options, shell, async (history) => {
    const { header } = findRun(history, id);
    const variants = new Map(header.variants.map((variant) => [variant.id, variant]));
    const requests = options.recording ? await requestsOf(header) : null;
    const made: string[] = [];
    let without = 0;
    for (const { sample } of history.allSamples(header.id)) {
      const variant = variants.get(sample.variantId);
      if (!variant) continue;
      const request = requests?.get(variant.id);
      const line = request
        ? recordingLine({ ...request, messages: sample.messages, repeat: sample.repeat }, sample)
        : sampleLine(sample, variant);
      if (line === null) without += 1;
      else made.push(line);
    }
    return { lines: made, skipped: without };
  });
  if (options.out === undefined || options.out === '-') shell.stdout.write(lines.join(''));
  else {
    const target = path.resolve(shell.cwd, options.out);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, lines.join(''));
    shell.stderr.write(`${plural(lines.length, 'line')} written to ${shownPath(shell.cwd, target)}.\n`);
  }
  if (skipped > 0)
    shell.stderr.write(`${plural(skipped, 'sample')} left out: without an answer there is nothing to play back.\n`);
  return EXIT.ok;
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
  return loadClosure(parsePrompt(text, path), async (name) =>
    Object.hasOwn(partials, name) ? { path: name, text: partials[name] ?? '' } : undefined,
  );
}
