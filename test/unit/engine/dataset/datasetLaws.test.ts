import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCases } from '../../../../src/engine/dataset/readCases.ts';
import { scanJson } from '../../../../src/engine/dataset/scanJson.ts';
import { readAll } from './support.ts';

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\t', ' ', 'a', '猫', '😀'), maxLength: 8 }),
);
const lineEnd = fc.constantFrom('\n', '\r\n');
const table = fc.record({
  rows: fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }),
  ends: fc.array(lineEnd, { minLength: 9, maxLength: 9 }),
  ending: fc.boolean(),
  alwaysQuote: fc.boolean(),
});
type Table = typeof table extends fc.Arbitrary<infer T> ? T : never;

/** By RFC 4180; quotes only where they are needed unless asked. */
function write({ rows, ends, ending, alwaysQuote }: Table, delimiter: string): string {
  const quoted = (text: string): string =>
    alwaysQuote || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [['x', 'y', 'z'], ...rows].map((row) => row.map(quoted).join(delimiter));
  return lines.map((line, index) => line + (index < lines.length - 1 || ending ? ends[index] : '')).join('');
}

describe('tables', () => {
  it.each([
    ['d.csv', ','],
    ['d.tsv', '\t'],
  ])('what is written to %s is read back', async (path, delimiter) => {
    await fc.assert(
      fc.asyncProperty(table, async (given) => {
        const { cases, problems } = await readAll(path, write(given, delimiter));
        expect(problems).toEqual([]);
        expect(cases.map(({ vars }) => [vars['x'], vars['y'], vars['z']])).toEqual(given.rows);
      }),
      { numRuns: 300 },
    );
  });
});

describe('chunk boundaries', () => {
  const texts = [
    'id,q\r\n1,"a ""b""\r\nc"\r\n\r\n2,x\r\n3,"😀" \r\n4,"bad" x\r\n5\r\n1,"again"\r\n6,"open\r\n',
    'id\tq\n1\t"a\tb"\n2\tx y\n',
  ];
  const json = '{"id":1,"q":"a\\n😀"}\r\n\r\n{"id":2,"q":}\n{"id":3}';
  it.each([
    ['d.csv', texts[0] ?? ''],
    ['d.tsv', texts[1] ?? ''],
    ['d.jsonl', json],
    ['d.json', '[{"id":1,"q":"x"},\n{"id":2 "q":1}]'],
    ['d.yaml', '- id: 1\n  q: x\n- id: 1\n'],
  ])('anywhere give the same cases and problems: %s', async (path, text) => {
    const whole = await readAll(path, text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 12 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(await readAll(path, pieces)).toEqual(whole);
      }),
      { numRuns: 150 },
    );
    expect(await readAll(path, text.split(''))).toEqual(whole);
  });
});

describe('scanJson', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    const nearJson = fc.oneof(
      fc.json(),
      fc.string({
        unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', '-', '.', 'e', ' ', '\\', 'u', 'true', 'null'),
      }),
    );
    fc.assert(
      fc.property(nearJson, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(scanJson(text).fault === null).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the members that JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const members = scanJson(text).members.map(({ key, start, end }) => [key, JSON.parse(text.slice(start, end))]);
        expect(members).toEqual(Object.entries(JSON.parse(text)));
      }),
    );
  });

  it('needs no stack for deep or long values', () => {
    expect(scanJson('['.repeat(200_000) + ']'.repeat(200_000)).fault).toBeNull();
    expect(scanJson(`"${'x\\n'.repeat(3_000_000)}"`).fault).toBeNull();
  });
});

describe('large files', () => {
  it('streams 60 MB of CSV in bounded memory', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const used = (): number => {
      collectGarbage();
      return getHeapStatistics().used_heap_size / 1e6;
    };
    const before = used();
    let written = 0;
    async function* chunks(): AsyncGenerator<string> {
      let text = 'id,ticket,expected\r\n';
      for (let row = 0; written < 60e6; row += 1) {
        text += `a-rather-long-id-of-case-${row},"${'Words, more words\n'.repeat(60)}",${row}\r\n`;
        if (text.length < 256 * 1024) continue;
        written += text.length;
        yield text;
        text = '';
      }
    }
    let cases = 0;
    let most = 0;
    const options = { path: 'd.csv', format: 'csv', columns: {}, onProblem: () => expect.unreachable() } as const;
    for await (const { id } of readCases(chunks(), options)) {
      expect.soft(id).toBe(`a-rather-long-id-of-case-${cases}`);
      cases += 1;
      if (cases % 10_000 === 0) most = Math.max(most, used());
    }
    expect(cases).toBeGreaterThan(50_000);
    expect(most - before).toBeLessThan(40);
  }, 30_000);
});
