import { describe, expect, it } from 'vitest';
import { AT_HOME, type Navigation, parseNavigation } from '../../../webview/navigation.ts';

const somewhere: Navigation = {
  grid: {
    sort: 'latency',
    descending: true,
    statuses: ['fail', 'error'],
    variantId: 'v2',
    isWholeRun: true,
    text: 'refund',
  },
  openSample: { runId: 'r1', sampleId: 12, index: 3 },
  review: { runId: 'r1', metric: 'human', seed: 7, filter: 'all' },
  outputView: 'diff',
  messageView: 'curl',
  answerView: 'raw',
  scroll: { preview: 10, results: 2600, history: 0 },
};

describe('parseNavigation', () => {
  it('reads back what was saved', () => {
    expect(parseNavigation(JSON.parse(JSON.stringify(somewhere)))).toEqual(somewhere);
  });

  it.each([undefined, null, 'x', 3, [], {}, { grid: 7, scroll: 'x', openSample: [] }])(
    'begins at home from %j',
    (saved) => expect(parseNavigation(saved)).toEqual(AT_HOME),
  );

  it('drops what does not fit and keeps the rest', () => {
    const saved = {
      ...somewhere,
      grid: { ...somewhere.grid, sort: 'name', statuses: ['fail', 'lost'] },
      openSample: { runId: 'r1' },
      scroll: { preview: 1.5, results: 5 },
    };
    expect(parseNavigation(saved)).toEqual({
      ...somewhere,
      grid: { ...somewhere.grid, sort: 'case', statuses: ['fail'] },
      openSample: null,
      scroll: { preview: 0, results: 5, history: 0 },
    });
  });
});
