import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { digits } from '../words.ts';
import { vader } from './vader.ts';

const LONGEST = 50_000;
const bound = z.number().min(-1).max(1).optional();

export const sentiment = defineMetric({
  kind: 'sentiment',
  family: 'style',
  summary: 'How friendly or unfriendly an English text sounds, from -1 to 1, by its words; 0 is neutral.',
  direction: 'higher',
  level: 'row',
  range: [-1, 1],
  source:
    'Compound of VADER, Hutto and Gilbert (2014), by the rules of vaderSentiment 3.3.2 and the lexicon of vader-sentiment 1.1.3; emoji count for nothing, emoticons do. It is made for English: a text without Latin letters is unscored. 0.05 and more is usually called positive, -0.05 and less negative.',
  options: () =>
    z.strictObject({
      path: fields.path,
      min: bound.meta({ description: 'Passes at or above it. Without min and max the metric only measures.' }),
      max: bound.meta({ description: 'Passes at or below it.' }),
    }),
  shorthand: 'min',
  usesSentiment: true,
  create: ({ path, min, max }, { tools }) => {
    if (min !== undefined && max !== undefined && min > max) return { error: '`min` is more than `max`.' };
    return {
      signature: signature('sentiment', { path }),
      role: min === undefined && max === undefined ? 'measures' : 'decides',
      score: (input): ScoreOutcome => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return unscored(sentence(picked.broken));
        const text = asText(picked.value);
        if (text.length > LONGEST) return unscored(`A text of more than ${LONGEST} characters is not read.`);
        const read = vader(text, tools.sentimentOf);
        if (read === null) return unscored('The output has no words.');
        if (read.neutral === 1 && !/\p{Script=Latin}/u.test(text)) return unscored('VADER reads English only.');
        const { compound, positive, negative, neutral } = read;
        const percent = (share: number) => `${Math.round(share * 100)} %`;
        const parts = `${percent(positive)} positive, ${percent(negative)} negative, ${percent(neutral)} neutral`;
        const isUnder = min !== undefined && compound < min;
        const isOver = max !== undefined && compound > max;
        const limit = isUnder ? `, under the least of ${min}` : isOver ? `, over the limit of ${max}` : '';
        const reason = `Sentiment ${digits(compound)}: ${parts}${limit}.`;
        const passed = min === undefined && max === undefined ? null : !isUnder && !isOver;
        return { outcome: 'scored', value: compound, score: passed === null ? null : Number(passed), passed, reason };
      },
    };
  },
});
