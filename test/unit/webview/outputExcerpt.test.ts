import { expect, it } from 'vitest';
import { outputExcerpt } from '../../../webview/outputExcerpt.ts';

it.each([
  ['Hello {you}', 'Hello {you}'],
  ['{"category":"bug","urgent":true,"summary":"It, [really] {is} broken"}', 'bug · true · It, [really] {is} broken'],
  ['{"a": {"b": [1, "two", null]}}', '1 · two · null'],
  ['{"summary":"cut in the mid', 'cut in the mid'],
  ['{"category":"bug","urg', 'bug · urg'],
  [String.raw`{"text":"a \"quoted\" word\nand \u00e9"}`, 'a "quoted" word and é'],
  ['```json\n{"a":"fenced"}\n```', 'fenced'],
  ['{}', '{}'],
  ['[]', '[]'],
])('%s', (text, expected) => {
  expect(outputExcerpt(text)).toBe(expected);
});
