import { describe, expect, it } from 'vitest';
import type { SampleRow } from '../../../../src/protocol/views.ts';
import { PAGE_ROWS, PageCache } from '../../../../webview/state/pageCache.ts';

describe('PageCache', () => {
  it('asks for the first page only, until it knows how many there are', () => {
    const cache = new PageCache<SampleRow>();
    expect(cache.total).toBeNull();
    expect(cache.want(0, 250)).toEqual([0]);
    cache.put(0, 1000, rows(0));
    expect(cache.total).toBe(1000);
    expect(cache.want(0, 250)).toEqual([100, 200]);
  });

  it('asks once for each page', () => {
    const cache = filled(1000);
    expect(cache.want(350, 420)).toEqual([300, 400]);
    expect(cache.want(350, 420)).toEqual([]);
    cache.put(300, 1000, rows(300));
    expect(cache.want(300, 420)).toEqual([]);
  });

  it('asks for nothing beyond the end', () => {
    const cache = filled(130);
    expect(cache.want(90, 400)).toEqual([100]);
    expect(filled(0).want(0, 40)).toEqual([]);
  });

  it('gives the rows that it has', () => {
    const cache = filled(1000);
    cache.put(300, 1000, rows(300));
    expect(cache.row(0)?.sampleId).toBe(0);
    expect(cache.row(399)?.sampleId).toBe(399);
    expect(cache.row(250)).toBeUndefined();
    expect(cache.indexOf((row) => row.sampleId === 342)).toBe(342);
    expect(cache.indexOf((row) => row.sampleId === 250)).toBe(-1);
  });

  it('keeps stale rows readable while it asks again', () => {
    const cache = filled(50);
    cache.invalidate();
    expect(cache.row(7)?.sampleId).toBe(7);
    expect(cache.want(0, 40)).toEqual([0]);
    cache.put(0, 60, rows(1000));
    expect(cache.row(7)?.sampleId).toBe(1007);
    expect(cache.want(0, 40)).toEqual([]);
  });

  it('asks again for a page that was on its way when the rows changed', () => {
    const cache = new PageCache<SampleRow>();
    expect(cache.want(0, 40)).toEqual([0]);
    cache.invalidate();
    expect(cache.want(0, 40)).toEqual([]);
    cache.put(0, 10, rows(0).slice(0, 10));
    expect(cache.row(3)?.sampleId).toBe(3);
    expect(cache.want(0, 40)).toEqual([0]);
  });

  it('forgets the pages that were out of sight for longest', () => {
    const cache = filled(100_000);
    for (let offset = 0; offset < 80 * PAGE_ROWS; offset += PAGE_ROWS) {
      cache.want(offset, offset);
      cache.put(offset, 100_000, rows(offset));
      cache.want(0, 0);
    }
    expect(cache.row(0)?.sampleId).toBe(0);
    expect(cache.row(PAGE_ROWS)).toBeUndefined();
    expect(cache.row(79 * PAGE_ROWS)?.sampleId).toBe(7900);
    expect(cache.want(PAGE_ROWS, PAGE_ROWS)).toEqual([PAGE_ROWS]);
  });
});

function filled(total: number): PageCache<SampleRow> {
  const cache = new PageCache<SampleRow>();
  cache.want(0, 0);
  cache.put(0, total, rows(0).slice(0, total));
  return cache;
}

function rows(first: number): SampleRow[] {
  return Array.from({ length: PAGE_ROWS }, (_, index) => ({
    sampleId: first + index,
    caseId: `c${first + index}`,
    caseIndex: first + index,
    variantId: 'v1',
    repeat: 0,
    status: 'pass',
    composite: 1,
    scores: {},
    latencyMs: null,
    costUsd: null,
    inputTokens: null,
    outputTokens: null,
    excerpt: '',
    inputExcerpt: '',
  }));
}
