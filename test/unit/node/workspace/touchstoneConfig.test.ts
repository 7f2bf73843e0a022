import { expect, it } from 'vitest';
import { parseConfig } from '../../../../src/node/workspace/touchstoneConfig.ts';

it.each([
  ['a target without an address', 'targets:\n  http:\n    bot: {}\n', '3:10 missing-key `url` is missing.'],
  [
    'an unknown key of a target',
    'targets:\n  command:\n    app: { run: [a], shell: true }\n',
    '3:22 unknown-key `shell` is not a key of `app`.',
  ],
  ['a command in one text', 'targets:\n  command:\n    app: { run: python app.py }\n', '3:17 wrong-type'],
  ['a kind of target that there is not', 'targets:\n  grpc: {}\n', '2:3 unknown-key'],
  ['an API that there is not', 'providers:\n  openai: { api: graphql }\n', '2:18 wrong-value'],
  [
    'an unknown key of one model',
    'providers:\n  openai:\n    models: { gpt: { kind: x } }\n',
    '3:22 unknown-key `kind` is not a key of `gpt`.',
  ],
])('%s is told at its place', (_name, text, expected) => {
  const { problems } = parseConfig(text, 'touchstone.yaml');
  const [told = ''] = problems.map(
    ({ range, code, message }) => `${range.start.line + 1}:${range.start.column + 1} ${code} ${message}`,
  );
  expect(problems).toHaveLength(1);
  expect(told).toContain(expected);
});
