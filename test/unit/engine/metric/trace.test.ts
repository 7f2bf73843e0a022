import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/engine/json.ts';
import { spansIn } from '../../../../src/engine/metric/trace/readSpans.ts';
import { inputOf, metricOf, tryMetric } from './scoring.ts';

// Nanoseconds since 1970, as in the example of opentelemetry-proto (examples/trace.json), 1.5 s and 250.5 ms long.
const RESOURCES: readonly Json[] = [
  {
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'my.service' } }] },
    scopeSpans: [
      {
        scope: { name: 'my.library' },
        spans: [
          {
            traceId: '5B8EFFF798038103D269B633813FC60C',
            spanId: 'EEE19B7EC3C1B174',
            name: 'llm.chat',
            startTimeUnixNano: '1544712660000000000',
            endTimeUnixNano: '1544712661500000000',
            kind: 2,
            status: {},
          },
          {
            name: 'tool.search',
            startTimeUnixNano: '1544712660000000000',
            endTimeUnixNano: '1544712660250500000',
            status: { code: 2, message: 'no such index' },
          },
        ],
      },
    ],
  },
  {
    instrumentationLibrarySpans: [
      { spans: [{ name: 'tool.read', startTimeUnixNano: '7', endTimeUnixNano: '0', status: { code: 1 } }] },
    ],
  },
];
const OTLP: JsonObject = { resourceSpans: RESOURCES };
const FLAT: readonly Json[] = [
  { name: 'llm.chat', startTime: 1000, endTime: 2500 },
  { name: 'tool.search', durationMs: 250.5, status: 'error' },
  { name: 'tool.read' },
];
const ALL = [
  { name: 'llm.chat', durationMs: 1500, failed: false },
  { name: 'tool.search', durationMs: 250.5, failed: true },
  { name: 'tool.read', durationMs: null, failed: false },
];

describe('spansIn', () => {
  it.each<[string, Json]>([
    ['OTLP', OTLP],
    ['a list of spans', FLAT],
    ['a mapping with spans', { spans: FLAT }],
    ['a list of OTLP documents', RESOURCES],
    ['text', JSON.stringify(OTLP)],
    ['lines, as the file exporter of the collector writes them', FLAT.map((one) => JSON.stringify(one)).join('\n')],
    [
      'the SDK for JavaScript',
      [
        { name: 'llm.chat', startTime: [10, 0], endTime: [11, 500_000_000], status: { code: 0 } },
        { name: 'tool.search', duration: [0, 250_500_000], status: { code: 2 } },
        { name: 'tool.read', status: { code: 1 }, attributes: { 'error.type': '404' } },
      ],
    ],
    [
      'the SDK for Python',
      [
        {
          name: 'llm.chat',
          start_time: '2018-12-13T14:50:59.999900Z',
          end_time: '2018-12-13T14:51:01.499900Z',
          status: { status_code: 'UNSET' },
        },
        {
          name: 'tool.search',
          start_time: '2024-02-28T23:59:59.900000Z',
          end_time: '2024-02-29T02:00:00.150500+02:00',
          status: { status_code: 'ERROR', description: 'no' },
        },
        { name: 'tool.read', start_time: 'yesterday', end_time: 'today', status: { status_code: 'OK' } },
      ],
    ],
  ])('reads %s', (_name, value) => {
    const spans = spansIn(value);
    expect(spans).toMatchObject(ALL.map(({ name, failed }) => ({ name, failed })));
    // Two moments in a floating point number of milliseconds are apart by less than a microsecond too much or too little.
    for (const [at, { durationMs }] of ALL.entries())
      if (durationMs === null) expect(spans?.[at]?.durationMs).toBeNull();
      else expect(spans?.[at]?.durationMs).toBeCloseTo(durationMs, 3);
  });

  it.each<[object, boolean]>([
    [{ status: { code: 'STATUS_CODE_ERROR' } }, true],
    [{ statusCode: 2 }, true],
    [{ statusCode: 'OK', error: true }, false],
    [{ error: 'timed out' }, true],
    [{ error: { message: 'x' } }, true],
    [{ error: '' }, false],
    [{ error: false }, false],
    [{ attributes: { 'error.type': 'timeout' } }, true],
    [{ attributes: [{ key: 'error.type', value: { stringValue: '500' } }] }, true],
    [{ attributes: [{ key: 'error', value: { boolValue: true } }] }, true],
    [{ attributes: [{ key: 'error', value: { boolValue: false } }] }, false],
    [{ attributes: [{ key: 'http.status_code', value: { intValue: '404' } }] }, false],
    [{}, false],
  ])('%j failed: %s', (span, failed) => {
    expect(spansIn([{ name: 's', ...span }])).toMatchObject([{ failed }]);
  });

  it.each<[string, Json]>([
    ['a number', 7],
    ['a text', 'spans'],
    ['JSON of a text', '"spans"'],
    ['a list of texts', ['a', 'b']],
    ['a span without a name', [{ name: 'a' }, { duration: 3 }]],
    ['lists of lists', [[{ name: 'a' }]]],
    ['a line that is none', '{"name":"a"}\noops'],
  ])('%s is no trace', (_name, value) => {
    expect(spansIn(value)).toBeNull();
  });

  it('ends on what is nested without end', () => {
    const deep = `${'{"spans":['.repeat(5000)}${']}'.repeat(5000)}`;
    expect(spansIn(deep)).toBeNull();
  });

  it('knows how far two dates are apart, as Date does', () => {
    const dates = fc.date({ min: new Date('1600-01-01'), max: new Date('2400-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        const [span] = spansIn([{ name: 's', startTime: start.toISOString(), endTime: end.toISOString() }]) ?? [];
        expect(span?.durationMs).toBeCloseTo(end.getTime() - start.getTime(), 1);
      }),
    );
  });
});

const CASE = { vars: { trace: OTLP } };

describe('span-count, span-duration, error-spans', () => {
  it.each<[string, object, number, boolean | null]>([
    ['span-count', {}, 3, null],
    ['span-count', { name: 'tool.*' }, 2, null],
    ['span-count', { name: 'tool.*', min: 2, max: 2 }, 2, true],
    ['span-count', { name: 'Tool.*', min: 1 }, 0, false],
    ['span-count', { name: 'llm.????', max: 0 }, 1, false],
    ['span-duration', {}, 1500, null],
    ['span-duration', { max: '1.5s' }, 1500, true],
    ['span-duration', { max: 1499 }, 1500, false],
    ['span-duration', { name: 'tool.*', max: 300 }, 250.5, true],
    // Between 250.5 and 1500: numpy.percentile([250.5, 1500], [50, 90]).
    ['span-duration', { percentile: 50 }, 875.25, null],
    ['span-duration', { percentile: 90, max: 1400 }, 1375.05, true],
    ['span-duration', { percentile: 0 }, 250.5, null],
    ['error-spans', {}, 1, null],
    ['error-spans', { max: 0 }, 1, false],
    ['error-spans', { max: 1 }, 1, true],
    ['error-spans', { maxShare: 0.3 }, 1, false],
    ['error-spans', { maxShare: 0.34 }, 1, true],
    ['error-spans', { max: 5, maxShare: 0.1 }, 1, false],
    ['error-spans', { name: 'llm.*', max: 0 }, 0, true],
  ])('%s %j is %d', (kind, options, value, passed) => {
    const outcome = metricOf(kind, options).score(inputOf('', CASE));
    const score = passed === null ? null : Number(passed);
    expect(outcome).toMatchObject({ outcome: 'scored', value: expect.closeTo(value, 9), passed, score });
  });

  it.each<[string, string, object, Parameters<typeof inputOf>[1], string]>([
    ['no trace', 'span-count', {}, {}, 'no `spans` and no `trace`'],
    ['no span of the name', 'error-spans', { name: 'x', max: 0 }, CASE, '0 spans of "x"'],
    ['no times', 'span-duration', { name: 'tool.read' }, CASE, 'No times are told in 1 span of "tool.read"'],
    ['nothing in the answer', 'span-count', { responsePath: 'trace' }, {}, 'nothing at `trace`'],
  ])('%s: unscored', (_name, kind, options, given, reason) => {
    const outcome = metricOf(kind, options).score(inputOf('', given));
    expect(outcome).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining(reason) });
  });

  it.each<[string, object, Parameters<typeof inputOf>[1]]>([
    ['the case', {}, { metadata: { spans: FLAT } }],
    ['a template', { spans: '{{vars.log.spans}}' }, { vars: { log: { spans: FLAT } } }],
    ['the output', { path: 'trace.spans' }, {}],
    [
      'the answer as it came',
      { responsePath: 'debug.trace' },
      { response: { rawResponse: { debug: { trace: FLAT } } } },
    ],
    ['all of the answer', { responsePath: '$' }, { response: { rawResponse: OTLP } }],
  ])('finds the spans in %s', (_name, options, given) => {
    const output = JSON.stringify({ trace: { spans: FLAT } });
    expect(metricOf('span-count', options).score(inputOf(output, given))).toMatchObject({ value: 3 });
  });

  it.each(['span-count', 'span-duration', 'error-spans'])('%s fails an output without the spans it owes', (kind) => {
    const limit = { 'span-count': { min: 1 }, 'span-duration': { max: '1s' }, 'error-spans': { maxShare: 0.5 } }[kind];
    const options = { path: 'spans', ...limit };
    for (const output of ['no JSON', '{}', '{"spans": 7}'])
      expect(metricOf(kind, options).score(inputOf(output))).toMatchObject({ outcome: 'scored', passed: false });
    expect(metricOf(kind, { path: 'spans' }).score(inputOf('{}'))).toMatchObject({ outcome: 'unscored' });
  });

  it('says what cannot be', () => {
    expect(metricOf('span-count').score(inputOf('', { vars: { spans: ['a'] } }))).toMatchObject({ outcome: 'error' });
    expect(tryMetric('span-count', { spans: '{{vars.a}}', path: 'b' })).toHaveProperty('error');
    expect(tryMetric('span-count', { spans: '{{nobody.a}}' })).toHaveProperty('error');
    expect(() => tryMetric('span-count', { min: 3, max: 2 })).toThrow('more than');
  });
});
