import { describe, expect, it } from 'vitest';
import { blameWords, versionItem } from '../../../../src/extension/versions/versionWords.ts';
import type { BlamedLine, ListedVersion } from '../../../../src/protocol/versions.ts';

const version = (part: Partial<ListedVersion>): ListedVersion => ({
  ...{
    version: 'abcdef0123'.padEnd(64, '0'),
    commit: '1234567890',
    author: 'Ada',
    subject: 'Shorter',
    at: '2026-11-02T10:00:00Z',
  },
  ...{ composite: 0.86, change: 0.041, run: 'r1', runs: 2, ...part },
});

describe('versionItem', () => {
  it.each([
    [{}, '$(git-commit) 0.86 ▲0.04', 'Shorter', '1234567 · Ada · 2026-11-02 · version abcdef01 · 2 runs'],
    [
      { change: null, runs: 1 },
      '$(git-commit) 0.86',
      'Shorter',
      '1234567 · Ada · 2026-11-02 · version abcdef01 · 1 run',
    ],
    [
      { composite: null, change: null, runs: 0 },
      '$(git-commit) no score',
      'Shorter',
      '1234567 · Ada · 2026-11-02 · version abcdef01 · 0 runs',
    ],
    [
      { commit: null, author: null, subject: null, at: null, change: -0.002 },
      '$(edit) 0.86 ±0.00',
      'the file as it is',
      'version abcdef01 · 2 runs',
    ],
    [
      { commit: null, author: null, subject: null },
      '$(history) 0.86 ▲0.04',
      'never committed',
      '2026-11-02 · version abcdef01 · 2 runs',
    ],
    [
      { version: null, composite: null, change: null },
      '$(git-commit) no score',
      'Shorter',
      '1234567 · Ada · 2026-11-02 · cannot be read as a prompt · 2 runs',
    ],
  ])('of %j', (part, label, description, detail) => {
    expect(versionItem(version(part))).toEqual({ label, description, detail });
  });
});

it('blame says what each commit did, once for lines that came together', () => {
  const line = (commit: string | null, before: number | null, after: number | null): BlamedLine => ({
    ...{ line: 1, commit, before, after, text: '' },
  });
  const lines = [
    line('aaaaaaaaa', null, 0.8),
    line('aaaaaaaaa', null, 0.8),
    line('bbbbbbbbb', 0.8, 0.75),
    line('aaaaaaaaa', null, 0.8),
    line(null, null, null),
  ];
  expect(blameWords(lines)).toEqual([
    'aaaaaaa · 0.80',
    null,
    'bbbbbbb · 0.80 → 0.75 ▼0.05',
    'aaaaaaa · 0.80',
    'not committed · no score',
  ]);
});
