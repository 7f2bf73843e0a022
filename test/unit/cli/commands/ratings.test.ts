import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ratingsFrom } from '../../../../src/node/ratings/rate.ts';
import { reviewItem } from '../../../../src/node/ratings/reviewItem.ts';
import { reviewQueue } from '../../../../src/node/ratings/reviewQueue.ts';
import { openHistory } from '../../../../src/node/store/history.ts';
import type { NewRating } from '../../../../src/protocol/review.ts';
import { copySample, touchstone } from './sampleFolder.ts';

const folders = [copySample(), copySample()] as const;
const [folder, other] = folders;
afterAll(() => {
  for (const one of folders) fs.rmSync(one, { recursive: true, force: true });
});

const SUITE = 'evals/people.eval.yaml';
const METRICS = `  - equals: { path: category, expected: "{{expected.category}}" }
  - human: { criteria: { tone: [1, 5], correct: yes-no } }
    name: people
    weight: 3
  - human: { scale: prefer }
    name: better
`;

/** Each step a second after the last. */
let second = 0;
function rate(at: string, given: Partial<NewRating> & Pick<NewRating, 'key'>, name = 'ada'): number {
  const history = openHistory(at);
  second += 1;
  const now = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
  const runId = history.run('latest')?.header.id ?? '';
  const rating = { runId, metric: 'people', criterion: '', value: 1, comment: '', blind: true, seed: 1, ...given };
  try {
    return history.addRatings(ratingsFrom(history, rating, { name, now }));
  } finally {
    history.close();
  }
}

function look<T>(at: string, use: (history: ReturnType<typeof openHistory>, runId: string) => T): T {
  const history = openHistory(at);
  try {
    return use(history, history.run('latest')?.header.id ?? '');
  } finally {
    history.close();
  }
}

const queueOf = (at: string, metric = 'people', seed = 1, rater = 'ada') =>
  look(at, (history, runId) => reviewQueue(history, { runId, metric, seed, filter: 'all' }, rater));
/** The first answer of a queue that nobody has rated yet; the same one ever after. */
const firsts = new Map<string, number>();
const first = (at: string) => {
  const sampleId = firsts.get(at) ?? queueOf(at)?.items[0]?.sampleId ?? -1;
  firsts.set(at, sampleId);
  return { sampleId, partnerId: null };
};
const scoreOf = (at: string, sampleId: number, metric = 'people') =>
  look(at, (history, runId) => {
    const detail = history.sample(runId, sampleId);
    return { score: detail?.scores.find((one) => one.metric === metric), row: detail?.row };
  });

describe('ratings', () => {
  beforeAll(async () => {
    for (const one of folders) {
      const data = fs.readFileSync(path.join(one, 'evals/triage.eval.yaml'), 'utf8');
      const head = data.slice(0, data.indexOf('\nmetrics:')).replace(/^preset:.*$/m, '');
      fs.writeFileSync(path.join(one, SUITE), `${head}\nmetrics:\n${METRICS}`);
      await touchstone(one, 'eval', SUITE, '--limit', '6');
    }
  });

  it('are asked for: nothing stands in for them, and it is said', async () => {
    const run = look(folder, (history) => history.run('latest'));
    expect(run?.variants[0]?.metrics['people']).toMatchObject({ mean: null, n: 0, unscored: 6 });
    expect(scoreOf(folder, first(folder).sampleId).score).toMatchObject({ reason: 'Nobody has rated it yet.' });
    expect((await touchstone(folder, 'ratings')).stdout).toContain('Nobody has rated anything yet.');
  });

  it('make a score, the composite, and what the run came to', () => {
    const key = first(folder);
    const before = scoreOf(folder, key.sampleId).row;
    expect(rate(folder, { key, criterion: 'tone', value: 4 })).toBe(1);
    expect(scoreOf(folder, key.sampleId).score).toMatchObject({
      outcome: 'unscored',
      reason: 'Not rated yet: correct.',
    });
    expect(scoreOf(folder, key.sampleId).row?.composite).toBe(before?.composite);
    rate(folder, { key, criterion: 'correct', value: 0, comment: 'Wrong queue' });
    const { score, row } = scoreOf(folder, key.sampleId);
    expect(score).toMatchObject({ value: 0.375, reason: 'tone 4 of 5, correct no, by ada. “Wrong queue”' });
    const equals = before?.scores['equals']?.value ?? Number.NaN;
    expect(row?.composite).toBeCloseTo((equals + 3 * 0.375) / 4, 12);
    const summary = look(folder, (history) => history.run('latest'))?.variants.find(
      ({ variant }) => variant.id === row?.variantId,
    );
    const rated = summary?.metrics['people'];
    expect(rated?.n).toBeGreaterThan(0);
    expect((rated?.n ?? 0) + (rated?.unscored ?? 0)).toBe(6);
    expect(rated?.mean).toBe(0.375);
  });

  it('come to the mean of two raters, and are taken back by one', () => {
    const key = first(folder);
    rate(folder, { key, criterion: 'tone', value: 2 }, 'bo');
    rate(folder, { key, criterion: 'correct', value: 1 }, 'bo');
    expect(scoreOf(folder, key.sampleId).score).toMatchObject({ value: ((0.75 + 0.25) / 2 + (0 + 1) / 2) / 2 });
    rate(folder, { key, criterion: 'tone', value: null });
    rate(folder, { key, criterion: 'correct', value: null });
    expect(scoreOf(folder, key.sampleId).score).toMatchObject({ value: (0.25 + 1) / 2 });
  });

  it('count in the order in which they were made, also when the clock has run backwards', () => {
    const key = first(folder);
    rate(folder, { key, criterion: 'tone', value: 5 }, 'di');
    second -= 3600;
    rate(folder, { key, criterion: 'tone', value: 2 }, 'di');
    second += 3600;
    const shown = look(folder, (history, runId) => reviewItem(history, { runId, metric: 'people', key, rater: 'di' }));
    expect(shown?.answers[0]?.mine['tone']?.value).toBe(2);
    rate(folder, { key, criterion: 'tone', value: null }, 'di');
  });

  it('hold in the next run that gets the same answers, and in a re-scored one', async () => {
    const { sampleId } = first(folder);
    const reason = scoreOf(folder, sampleId).score?.reason;
    await touchstone(folder, 'eval', SUITE, '--limit', '6');
    const rated = (at: string) =>
      look(at, (history, runId) =>
        [...history.allSamples(runId)].flatMap(({ sample }) =>
          sample.status === 'error' ? [] : sample.scores.filter(({ metric }) => metric === 'people'),
        ),
      ).filter(({ outcome }) => outcome === 'scored');
    expect(rated(folder).map((score) => score.reason)).toContain(reason);
    const before = rated(folder).length;
    await touchstone(folder, 'rescore', 'latest');
    expect(rated(folder)).toHaveLength(before);
  });

  it('of a pair are a preference of either', () => {
    const queue = queueOf(folder, 'better');
    const item = queue?.items[0];
    const key = { sampleId: item?.sampleId ?? -1, partnerId: item?.partnerId ?? -1 };
    expect(rate(folder, { key, metric: 'better', value: 1 })).toBe(2);
    expect(scoreOf(folder, key.sampleId, 'better').score).toMatchObject({ value: 1, reason: 'preferred, by ada.' });
    expect(scoreOf(folder, key.partnerId, 'better').score).toMatchObject({ value: 0 });
    expect(queueOf(folder, 'better')).toMatchObject({ rated: 1, total: queue?.total });
    const shown = look(folder, (history, runId) => reviewItem(history, { runId, metric: 'better', key, rater: 'ada' }));
    expect(shown?.answers.map(({ mine }) => mine['']?.value)).toEqual([1, 0]);
  });

  it.each<[string, Partial<NewRating>]>([
    ['a value off the scale', { criterion: 'tone', value: 6 }],
    ['a criterion that nobody asked for', { criterion: 'wit' }],
    ['one answer where two are compared', { metric: 'better' }],
    ['an answer that is not there', { criterion: 'tone', key: { sampleId: 999_999, partnerId: null } }],
  ])('refuse %s', (_name, given) => {
    expect(() => rate(folder, { key: first(folder), ...given })).toThrow();
  });

  it('are never changed or deleted', () => {
    const uids = look(folder, (history) => history.ratings.all().map(({ uid }) => uid));
    expect(new Set(uids).size).toBe(uids.length);
    expect(look(folder, (history) => history.addRatings(history.ratings.all()))).toBe(0);
  });

  it('travel as a file from one workspace to another, each once', async () => {
    rate(other, { key: first(other), criterion: 'tone', value: 5 }, 'cy');
    expect((await touchstone(folder, 'ratings', 'export', SUITE, '--out', 'r.jsonl')).code).toBe(0);
    const exported = fs.readFileSync(path.join(folder, 'r.jsonl'), 'utf8');
    fs.writeFileSync(path.join(other, 'r.jsonl'), exported);
    const { stderr } = await touchstone(other, 'ratings', 'import', 'r.jsonl');
    expect(stderr).toMatch(/^\d+ ratings added, 0 known before\.\n$/);
    expect((await touchstone(other, 'ratings', 'import', 'r.jsonl')).stderr).toMatch(/^0 ratings added, \d+ known/);
    await touchstone(other, 'ratings', 'export', '--out', 'back.jsonl');
    fs.copyFileSync(path.join(other, 'back.jsonl'), path.join(folder, 'back.jsonl'));
    expect((await touchstone(folder, 'ratings', 'import', 'back.jsonl')).stderr).toMatch(/^1 rating added, /);
    // The same answers and the same ratings, so the same scores.
    expect(look(other, (history, runId) => history.samples({ ...EVERYTHING, runId })).rows.map(scoresOf)).toEqual(
      look(folder, (history, runId) => history.samples({ ...EVERYTHING, runId })).rows.map(scoresOf),
    );
    await touchstone(other, 'ratings', 'export', '--out', 'r.jsonl');
    expect(fs.readFileSync(path.join(other, 'r.jsonl'), 'utf8').split('\n')).toHaveLength(
      exported.split('\n').length + 1,
    );
    expect((await touchstone(other, 'ratings', SUITE)).stdout).toMatch(/people +cy +1 /);
  });

  it('are taken over line by line: a bad one is told and costs no other', async () => {
    const good = fs.readFileSync(path.join(folder, 'r.jsonl'), 'utf8');
    fs.writeFileSync(path.join(other, 'bad.jsonl'), `${good}{"half":\n`);
    const { code, stderr } = await touchstone(other, 'ratings', 'import', 'bad.jsonl');
    expect(code).toBe(2);
    expect(stderr).toContain(`bad.jsonl:${good.split('\n').length}: The line is not JSON.`);
    const refused = await touchstone(other, 'ratings', 'export', '--out', 'bad.jsonl');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('Nothing was written');
  });
});

it('are not exported for a suite that was never run', async () => {
  const { code, stderr } = await touchstone(folder, 'ratings', 'export', 'typo.eval.yaml', '--out', 'x.jsonl');
  expect(code).toBe(2);
  expect(stderr).toContain('The history has no run of typo.eval.yaml.');
});

describe('the queue', () => {
  it('holds each answer once, in an order of its seed, what is rated last', () => {
    const queue = queueOf(folder);
    const keys = (seed: number) => queueOf(folder, 'people', seed, 'new')?.items.map(({ sampleId }) => sampleId);
    expect(queue?.items.length).toBe(queue?.total);
    expect(keys(1)).toEqual(keys(1));
    expect(keys(1)).not.toEqual(keys(2));
    expect(keys(1)?.toSorted()).toEqual(keys(2)?.toSorted());
    const mine = queueOf(folder, 'people', 1, 'bo');
    expect(mine?.rated).toBe(1);
    expect(mine?.items.at(-1)?.isRated).toBe(true);
    const unrated = look(folder, (history, runId) =>
      reviewQueue(history, { runId, metric: 'people', seed: 1, filter: 'unrated' }, 'bo'),
    );
    expect(unrated?.items).toHaveLength((mine?.total ?? 0) - 1);
  });

  it('has nothing to ask in a run without people', async () => {
    await touchstone(other, 'eval', 'evals/triage.eval.yaml', '--limit', '2');
    expect(queueOf(other)).toMatchObject({ metric: null, items: [], total: 0 });
  });
});

const EVERYTHING = {
  offset: 0,
  limit: 100,
  sort: 'case' as const,
  descending: false,
  statuses: [],
  variantIds: [],
  text: '',
};

function scoresOf({ caseId, scores }: { caseId: string; scores: object }) {
  return { caseId, scores };
}
