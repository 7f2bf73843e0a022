import * as z from 'zod';
import type { Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import { expectedValue, isConstant } from '../expectedValue.ts';
import type { MetricBody, MetricDefinition, MetricInput, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { foldCase } from '../text/foldText.ts';
import { asText, sentence } from '../textMetric.ts';
import { quote } from '../words.ts';

const fieldsOf = () => z.strictObject({ expected: fields.expected, path: fields.path });
type Options = z.infer<ReturnType<typeof fieldsOf>>;

/** Where a piece of text is looked for, and how many of several must be there. */
type Search = {
  readonly finds: (text: string, piece: string) => boolean;
  readonly every: boolean;
  readonly verb: string;
};

export const contains = define('contains', 'The output contains the expected text, or one of a list.', {
  finds: (text, piece) => text.includes(piece),
  every: false,
  verb: 'contain',
});

export const icontains = define('icontains', 'As contains, whatever the case (NFKC and case folding).', {
  finds: (text, piece) => foldCase(text).includes(foldCase(piece)),
  every: false,
  verb: 'contain, in any case,',
});

export const containsAll = define('contains-all', 'The output contains every text of a list.', {
  finds: (text, piece) => text.includes(piece),
  every: true,
  verb: 'contain',
});

export const containsAny = define('contains-any', 'The output contains at least one text of a list.', {
  finds: (text, piece) => text.includes(piece),
  every: false,
  verb: 'contain',
});

export const icontainsAll = define('icontains-all', 'As contains-all, whatever the case (NFKC and case folding).', {
  finds: (text, piece) => foldCase(text).includes(foldCase(piece)),
  every: true,
  verb: 'contain',
});

export const icontainsAny = define('icontains-any', 'As contains-any, whatever the case (NFKC and case folding).', {
  finds: (text, piece) => foldCase(text).includes(foldCase(piece)),
  every: false,
  verb: 'contain, in any case,',
});

export const startsWith = define('starts-with', 'The output starts with the expected text, or one of a list.', {
  finds: (text, piece) => text.startsWith(piece),
  every: false,
  verb: 'start with',
});

export const endsWith = define('ends-with', 'The output ends with the expected text, or one of a list.', {
  finds: (text, piece) => text.endsWith(piece),
  every: false,
  verb: 'end with',
});

function define(kind: string, summary: string, search: Search): MetricDefinition {
  return defineMetric({
    kind,
    family: 'string',
    summary,
    direction: 'higher',
    level: 'row',
    range: [0, 1],
    source: 'Substring by UTF-16 units; numbers and booleans are looked for as they are written in JSON.',
    options: fieldsOf,
    shorthand: 'expected',
    create: (options) => create(kind, options, search),
  });
}

function create(kind: string, options: Options, search: Search): MetricBody | { readonly error: string } {
  const expected = expectedValue(options.expected);
  if (typeof expected !== 'function') return expected;
  if (options.expected !== undefined && isConstant(options.expected)) {
    const pieces = piecesOf(options.expected);
    if ('problem' in pieces) return { error: sentence(pieces.problem) };
  }
  const score = (input: MetricInput): ScoreOutcome => {
    const expectation = expected(input);
    if ('missing' in expectation) return unscored(sentence(expectation.missing));
    const pieces = piecesOf(expectation.value);
    if ('problem' in pieces) return unscored(sentence(pieces.problem));
    const picked = pickOutput(input, options.path);
    if ('broken' in picked) return binary(false, sentence(picked.broken));
    return searchFor(pieces.pieces, asText(picked.value), search);
  };
  return { signature: signature(kind, { path: options.path, expected: options.expected }), score, role: 'decides' };
}

function searchFor(pieces: readonly string[], text: string, { finds, every, verb }: Search): ScoreOutcome {
  if (every) {
    const absent = pieces.filter((piece) => !finds(text, piece));
    return absent.length === 0
      ? binary(true, `The output contains all of ${list(pieces)}.`)
      : binary(
          false,
          `The output does not contain ${list(absent)} (${pieces.length - absent.length} of ${pieces.length} are there).`,
        );
  }
  const found = pieces.find((piece) => finds(text, piece));
  if (found !== undefined) return binary(true, `The output does ${verb} ${quote(found)}.`);
  return binary(
    false,
    `The output does not ${verb} ${pieces.length > 1 ? 'any of ' : ''}${list(pieces)}; it is ${quote(text)}.`,
  );
}

/** An empty text would be found everywhere, so it is refused rather than passed. */
function piecesOf(value: Json): { readonly pieces: readonly string[] } | { readonly problem: string } {
  const values: readonly Json[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) return { problem: 'the list of expected texts is empty' };
  const pieces: string[] = [];
  for (const one of values) {
    if (one === null || typeof one === 'object')
      return { problem: 'the expected value is not a text or a list of texts' };
    if (one === '') return { problem: 'the expected text is empty and would be found in every output' };
    pieces.push(String(one));
  }
  return { pieces };
}

function list(pieces: readonly string[]): string {
  const shown = pieces.slice(0, 5).map(quote).join(', ');
  return pieces.length > 5 ? `${shown} and ${pieces.length - 5} more` : shown;
}
