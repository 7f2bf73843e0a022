import { expect, it } from 'vitest';
import { partialWords } from '../../../webview/ui/partialWords.ts';

it.each([
  [[], /^No prompt uses this partial yet\./],
  [['a.prompt'], /^Part of a\.prompt\. .* through that prompt\.$/],
  [['a.prompt', 'b.prompt'], /^Part of a\.prompt and b\.prompt\. .* through these prompts\.$/],
  [['a.prompt', 'b.prompt', 'c.prompt'], /^Part of a\.prompt, b\.prompt and c\.prompt\./],
])('%j', (names, expected) => {
  expect(partialWords(names)).toMatch(expected);
});
