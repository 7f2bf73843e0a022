import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completePrompt } from '../../../../src/engine/language/completePrompt.ts';
import { completeSuite } from '../../../../src/engine/language/completeSuite.ts';
import { formatPrompt } from '../../../../src/engine/language/formatPrompt.ts';
import { hoverPrompt } from '../../../../src/engine/language/hoverPrompt.ts';
import { hoverSuite } from '../../../../src/engine/language/hoverSuite.ts';
import { promptFixes } from '../../../../src/engine/language/promptFixes.ts';
import { promptFolds } from '../../../../src/engine/language/promptFolding.ts';
import { promptLanguageProblems } from '../../../../src/engine/language/promptProblems.ts';
import { promptSymbols } from '../../../../src/engine/language/promptSymbols.ts';
import { suiteFixes } from '../../../../src/engine/language/suiteFixes.ts';
import { suiteLanguageProblems } from '../../../../src/engine/language/suiteProblems.ts';
import { suiteSymbols } from '../../../../src/engine/language/suiteSymbols.ts';
import { variableOccurrences } from '../../../../src/engine/language/variableOccurrences.ts';
import { LineIndex } from '../../../../src/engine/problem.ts';
import { applyEdits } from '../../../../src/engine/textEdit.ts';
import { PROMPTS_FOLDER, sharedFiles } from '../prompt/sharedData.ts';
import { type Around, promptView, suiteView } from './languageView.ts';

const SAMPLES = ['triage', 'triage-v1', '_tone'].map((name) => `media/sample/prompts/${name}.prompt`);
const local = SAMPLES.map((name) => ({ name, text: fs.readFileSync(name, 'utf8') }));
const SUITE_TEXT = fs.readFileSync('media/sample/evals/triage.eval.yaml', 'utf8');
const AROUND: Around = {
  suite: SUITE_TEXT,
  row: { ticket: 'x', 'expected.category': 'bug' },
  partials: { tone: 'Hi {{ticket}}' },
};
/** Of one prefix, on a busy machine; a usual one takes 2 ms. */
const SLOWEST_MS = 1500;

/** Everything that the editor asks about a prompt while it is typed. */
async function askAll(text: string, offset: number): Promise<void> {
  const view = await promptView(text, AROUND);
  const { document } = view.closure;
  for (const { span } of completePrompt(view, offset)) {
    expect(span[0]).toBeLessThanOrEqual(offset);
    expect(span[1]).toBeGreaterThanOrEqual(offset);
  }
  hoverPrompt(view, offset);
  for (const problem of [...view.closure.problems, ...promptLanguageProblems(view)]) {
    for (const { changes } of promptFixes(view, problem)) for (const { edits } of changes) applyEdits(text, edits);
  }
  for (const { range, selection } of promptSymbols(document)) {
    expect(range.start.offset).toBeLessThanOrEqual(selection.start.offset);
    expect(range.end.offset).toBeGreaterThanOrEqual(selection.end.offset);
  }
  const { line: last } = new LineIndex(text).position(text.length);
  for (const { end } of promptFolds(document)) expect(end).toBeLessThanOrEqual(last);
  formatPrompt(document);
  await variableOccurrences({ prompts: [view.closure], suites: [], datasets: [] }, 'ticket');
}

async function everyPrefix(text: string, step: number, ask: (prefix: string) => Promise<void>): Promise<number> {
  let slowest = 0;
  for (let end = 0; end <= text.length; end += step) {
    const began = performance.now();
    await ask(text.slice(0, end));
    slowest = Math.max(slowest, performance.now() - began);
  }
  return slowest;
}

describe('every prefix of a prompt is answered, and soon', () => {
  const files = [...local, ...sharedFiles(PROMPTS_FOLDER)];
  // By steps, for all takes minutes: `EVERY=1 npx vitest run test/unit/engine/language/everyPrefix.test.ts` leaves none out.
  it.each(files)('$name', { timeout: 600_000 }, async ({ text }) => {
    const step = process.env['EVERY'] === '1' ? 1 : Math.max(1, Math.ceil(text.length / 120));
    expect(await everyPrefix(text, step, (prefix) => askAll(prefix, prefix.length))).toBeLessThan(SLOWEST_MS);
  });

  it('with text behind the cursor too', { timeout: 60_000 }, async () => {
    const text = local[0]?.text ?? '';
    for (let offset = 0; offset <= text.length; offset += 7) await askAll(text, offset);
  });
});

it('every prefix of a suite is answered, and soon', { timeout: 60_000 }, async () => {
  const slowest = await everyPrefix(SUITE_TEXT, 3, async (prefix) => {
    const view = await suiteView(prefix, { ...AROUND, prompt: 'Hi {{ticket}}' });
    completeSuite(view, prefix.length);
    hoverSuite(view, prefix.length);
    suiteSymbols(prefix);
    for (const problem of [...view.parsed.problems, ...suiteLanguageProblems(view)]) suiteFixes(view, problem);
  });
  expect(slowest).toBeLessThan(SLOWEST_MS);
});
