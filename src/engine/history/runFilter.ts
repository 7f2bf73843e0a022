import type { VariantSummary } from '../run/run.ts';
import { suggest } from '../suite/nearest.ts';
import { compareFact, NEEDS_NUMBER, OPERATORS, type Operator, type Truth } from './compareFact.ts';
import { FilterTextError, type FilterToken, filterTokens } from './filterTokens.ts';
import { type Fact, type FactKind, FIELDS, type ListedRun, metricFact, paramFact } from './runFacts.ts';

/** Which runs somebody wants to see. */
export type RunFilter = {
  /** One of the run's variants meets all of it. What is unknown of a run neither meets a condition nor its opposite. */
  readonly accepts: (run: ListedRun) => boolean;
  /** Fields and metrics that it names, as `metrics.f1`. */
  readonly names: ReadonlySet<string>;
};
export type RunFilterError = {
  readonly error: string;
  /** Where in the text, in UTF-16 units. */
  readonly at: number;
};

type Condition = (run: ListedRun, variant: VariantSummary | null) => Truth;
type Named = { readonly kind: FactKind | 'any'; readonly of: (run: ListedRun, variant: VariantSummary | null) => Fact };

/** Deep enough for people; what is deeper would only test the stack. */
const MAX_DEPTH = 50;

/**
 * Reads `metrics.composite > 0.8 and model = 'openai/gpt-5'`: comparisons of a field with a value, joined by `and`, `or`, `not` and
 * parentheses. `pinned`, `archived` and `dirty` stand alone. A value is a number, a text between quotes, or a word.
 */
export function readRunFilter(text: string): RunFilter | RunFilterError {
  try {
    const reader = new FilterReader(filterTokens(text), text.length);
    const condition = reader.whole();
    return { accepts: (run) => accepts(run, condition), names: reader.names };
  } catch (error) {
    if (error instanceof FilterTextError) return { error: error.message, at: error.at };
    throw error;
  }
}

function accepts(run: ListedRun, condition: Condition): boolean {
  if (run.variants.length === 0) return condition(run, null) === true;
  return run.variants.some((variant) => condition(run, variant) === true);
}

class FilterReader {
  readonly names = new Set<string>();
  readonly #tokens: readonly FilterToken[];
  readonly #end: FilterToken;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly FilterToken[], length: number) {
    this.#tokens = tokens;
    this.#end = { kind: 'end', text: '', at: length };
  }

  whole(): Condition {
    const condition = this.#or();
    const { kind, text, at } = this.#next();
    if (kind !== 'end') throw new FilterTextError(`Before "${text}" there must be \`and\` or \`or\`.`, at);
    return condition;
  }

  #or(): Condition {
    const parts = [this.#and()];
    while (this.#takeWord('or')) parts.push(this.#and());
    return joined(parts, true);
  }

  #and(): Condition {
    const parts = [this.#not()];
    while (this.#takeWord('and')) parts.push(this.#not());
    return joined(parts, false);
  }

  #not(): Condition {
    if (++this.#depth > MAX_DEPTH) throw new FilterTextError('There are too many parentheses.', this.#next().at);
    try {
      if (!this.#takeWord('not')) return this.#group();
      const condition = this.#not();
      return (run, variant) => {
        const truth = condition(run, variant);
        return truth === null ? null : !truth;
      };
    } finally {
      this.#depth -= 1;
    }
  }

  #group(): Condition {
    const open = this.#next();
    if (open.kind !== '(') return this.#comparison();
    this.#at += 1;
    const condition = this.#or();
    const { kind, at } = this.#take();
    if (kind !== ')') throw new FilterTextError('A parenthesis is not closed.', kind === 'end' ? open.at : at);
    return condition;
  }

  #comparison(): Condition {
    const name = this.#take();
    if (name.kind === 'end') throw new FilterTextError('A condition is missing, such as `composite > 0.8`.', name.at);
    if (name.kind !== 'word') throw new FilterTextError(`A field must stand here instead of "${name.text}".`, name.at);
    const field = this.#field(name);
    const operator = this.#next();
    if (operator.kind !== 'operator') {
      if (field.kind === 'truth') return (run, variant) => field.of(run, variant) as Truth;
      const message = `After "${name.text}" comes a comparison: ${OPERATORS.join(' ')}`;
      throw new FilterTextError(message, operator.kind === 'end' ? name.at : operator.at);
    }
    this.#at += 1;
    const value = this.#take();
    if (value.kind !== 'word' && value.kind !== 'text')
      throw new FilterTextError(`After "${operator.text}" comes a number, a word or a text in quotes.`, value.at);
    return comparison(field, name, operator, value);
  }

  #field({ text, at }: FilterToken): Named {
    const [, space, rest = ''] = /^(metrics|params)\.(.*)$/su.exec(text) ?? [];
    this.names.add(text);
    if (space !== undefined && rest === '')
      throw new FilterTextError(`After "${text}" comes a name; one with spaces stands in quotes.`, at);
    if (space === 'metrics') return { kind: 'number', of: metricFact(rest) };
    if (space === 'params') return { kind: 'any', of: paramFact(rest) };
    const known = FIELDS.get(text);
    if (known) return known;
    const candidates = [...FIELDS.keys(), 'metrics.<name>', 'params.<name>'];
    throw new FilterTextError(`There is no field "${text}". ${suggest(text, candidates, 'field')}`, at);
  }

  #next(): FilterToken {
    return this.#tokens[this.#at] ?? this.#end;
  }

  #take(): FilterToken {
    const token = this.#next();
    this.#at += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    const { kind, text } = this.#next();
    if (kind !== 'word' || text.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }
}

function comparison(field: Named, name: FilterToken, operator: FilterToken, value: FilterToken): Condition {
  const sign = operator.text as Operator;
  const wanted = value.text;
  const isNumber = wanted.trim() !== '' && Number.isFinite(Number(wanted));
  if (field.kind === 'number' && !isNumber)
    throw new FilterTextError(`"${name.text}" is compared with a number, and "${wanted}" is none.`, value.at);
  if (field.kind === 'number' && sign === '~')
    throw new FilterTextError(`"${name.text}" is a number: ~ looks for a part of a text.`, operator.at);
  if (field.kind === 'truth' && !/^(true|false)$/.test(wanted))
    throw new FilterTextError(`"${name.text}" is true or false.`, value.at);
  if (NEEDS_NUMBER.has(sign) && !['number', 'time', 'any'].includes(field.kind))
    throw new FilterTextError(`"${name.text}" has no order: compare it by =, != or ~.`, operator.at);
  if (field.kind === 'time' && !/^\d{4}(-\d\d(-\d\d([T ][\d:.Z]*)?)?)?$/.test(wanted))
    throw new FilterTextError(`"${wanted}" is no date, such as 2026-11-01.`, value.at);
  return (run, variant) => compareFact(field.of(run, variant), sign, wanted, field.kind);
}

/** @param least whether one that holds is enough; of the others, one that fails */
function joined(parts: readonly Condition[], least: boolean): Condition {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  return (run, variant) => {
    const truths = parts.map((part) => part(run, variant));
    if (truths.includes(least)) return least;
    return truths.includes(null) ? null : !least;
  };
}
