import * as z from 'zod';
import type { JsonObject } from '../../json.ts';
import { askJudges, type Consult, type Finding } from '../../judge/askJudges.ts';
import type { JudgeReply } from '../../judge/judge.ts';
import { type JudgeFields, judgeFields } from '../../judge/judgeOption.ts';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition, MetricInput, MetricRefusal, MetricTools, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { signature } from '../signature.ts';
import { type JudgedTexts, judgedTexts, type Need, type TextsOptions, varsOf } from './judgedTexts.ts';
import { juryOutcome } from './juryOutcome.ts';

/** A kind of metric that a judge scores 0..1. */
export type JudgedKind<Options> = {
  readonly kind: string;
  readonly family: string;
  readonly summary: string;
  readonly source: string;
  /** By default `higher`; a metric where lower is better takes `max` in place of `threshold`. */
  readonly direction?: 'lower';
  readonly shorthand?: string;
  /** The judge's prompt in media/judges; by default that of the kind's name. */
  readonly prompt?: string;
  readonly needs?: readonly Need[];
  /** Options beside those that every judged metric has. */
  readonly fields?: () => z.ZodRawShape;
  /** An error in the options taken together. */
  readonly check?: (options: Options) => string | null;
  /** Variables of the prompt that come from the options, and stand in the signature. */
  readonly vars?: (options: Options) => JsonObject;
  /** Whatever else of the options the number depends on. */
  readonly parts?: (options: Options) => { readonly [name: string]: unknown };
  /** Whether its option `model` names a model that embeds texts. */
  readonly usesEmbeddings?: boolean;
  /** Whether the judge itself says pass or fail. */
  readonly saysPass?: boolean;
  readonly params?: (options: Options) => JsonObject;
} & (
  | { readonly read: (reply: JudgeReply, texts: JudgedTexts, options: Options) => Finding | null }
  | { readonly consult: (texts: JudgedTexts, own: JsonObject, options: Options) => Consult }
  /** For a kind that needs more of the host than judges. */
  | { readonly prepare: (options: Options, tools: MetricTools) => PreparedConsult | MetricRefusal }
);
type PreparedConsult = (texts: JudgedTexts, own: JsonObject, input: MetricInput) => Consult;

export type JudgedOptions = JudgeFields &
  TextsOptions & { readonly threshold?: number | undefined; readonly max?: number | undefined };

const question = z.string().optional().meta({
  description: 'What was asked; by default the variable `question` or `input`, or the last message of the user.',
});
const contexts = z.json().optional().meta({
  description: 'The retrieved texts, a list or a template such as {{vars.docs}}; by default the variable `contexts`.',
});
const max = z.number().min(0).lt(1).optional().meta({
  description: 'Passes at or below it, 0..1. Without it the metric measures and cannot fail by itself.',
});

/** Makes the definition of a kind that judges score. */
export function defineJudged<Own extends object = object>(kind: JudgedKind<Own & JudgedOptions>): MetricDefinition {
  type Options = Own & JudgedOptions;
  const direction = kind.direction ?? 'higher';
  return defineMetric<Options>({
    kind: kind.kind,
    family: kind.family,
    summary: kind.summary,
    direction,
    level: 'row',
    range: [0, 1],
    source: kind.source,
    ...(kind.shorthand === undefined ? {} : { shorthand: kind.shorthand }),
    usesJudge: kind.prompt ?? kind.kind,
    ...(kind.usesEmbeddings === true ? { usesEmbeddings: true } : {}),
    options: () =>
      z.strictObject({
        ...kind.fields?.(),
        ...judgeFields,
        path: fields.path,
        question,
        expected: fields.expected,
        contexts,
        ...(direction === 'higher' ? { threshold: fields.threshold } : { max }),
      }) as unknown as z.ZodType<Options>,
    create: (options, { tools }) => {
      const wrong = kind.check?.(options);
      if (wrong) return { error: wrong };
      const readTexts = judgedTexts(options, kind.needs ?? []);
      if ('error' in readTexts) return readTexts;
      const judges = tools.findJudges(kind.prompt ?? kind.kind, {
        option: options.judge,
        prompt: options.prompt,
        ...(kind.params ? { params: kind.params(options) } : {}),
      });
      if ('error' in judges) return judges;
      const prepared = 'prepare' in kind ? kind.prepare(options, tools) : null;
      if (prepared !== null && 'error' in prepared) return prepared;
      const limit = direction === 'higher' ? options.threshold : options.max;
      const { vote } = options;
      const decides = limit !== undefined || kind.saysPass === true;
      if (vote === 'majority' && !decides)
        return { error: `Votes are for passing or failing: give \`${kind.kind}\` a threshold.` };
      const own = kind.vars?.(options) ?? {};
      return {
        signature: signature(kind.kind, {
          judge: judges.length === 1 ? judges[0].name : 'jury',
          by: judges.map((judge) => judge.signature),
          ...own,
          ...kind.parts?.(options),
          path: options.path,
          question: options.question,
          expected: options.expected,
          contexts: options.contexts,
          vote: judges.length > 1 ? (vote ?? 'mean') : undefined,
          ...(vote === 'majority' ? { limit } : {}),
        }),
        role: decides ? 'decides' : 'grades',
        score: async (input): Promise<ScoreOutcome> => {
          const texts = readTexts(input);
          if ('missing' in texts) return { outcome: 'unscored', reason: texts.missing };
          if ('broken' in texts) {
            const value = direction === 'higher' ? 0 : 1;
            return { outcome: 'scored', value, score: 0, passed: decides ? false : null, reason: texts.broken };
          }
          const consult = consultOf(kind, prepared, texts, own, options, input);
          return askJudges(judges, input, consult, (verdict) => juryOutcome(verdict, { direction, limit, vote }));
        },
      };
    },
  });
}

function consultOf<Options>(
  kind: JudgedKind<Options>,
  prepared: PreparedConsult | null,
  texts: JudgedTexts,
  own: JsonObject,
  options: Options,
  input: MetricInput,
): Consult {
  if (prepared !== null) return prepared(texts, own, input);
  if ('consult' in kind) return kind.consult(texts, own, options);
  return (ask) => ask(varsOf(texts, own), (reply) => ('read' in kind ? kind.read(reply, texts, options) : null));
}
