import { presetRubric } from './rubric.ts';

export const correctness = presetRubric(
  'correctness',
  'A judge says whether the output is right by what is expected, whatever its words.',
  'The output says what the expected answer says: every fact that the question asks for is there and right, and nothing in it contradicts the expected answer. Other words, another order and further details that contradict nothing are fine.',
  { needs: ['expected'] },
);

export const conciseness = presetRubric(
  'conciseness',
  'A judge says whether the output says what is needed and no more.',
  'The output answers the question without repetition, without preliminaries and without what nobody asked for. It is not so short that something needed is missing.',
);

export const helpfulness = presetRubric(
  'helpfulness',
  'A judge says whether the output helps the one who asked.',
  'The output addresses what the question is about, is correct as far as can be seen, is complete enough to act on, and is clear. Where the question cannot be answered, it says so and what would help.',
);

export const coherence = presetRubric(
  'coherence',
  'A judge says whether the output is well ordered and free of contradictions.',
  'The output is easy to follow: its parts stand in a sensible order and belong together, its sentences are whole, and nothing in it contradicts anything else in it.',
);

export const equivalence = presetRubric(
  'equivalence',
  'A judge says whether the output means the same as what is expected, no more and no less.',
  'The output and the expected answer mean the same: whoever read either would know the same afterwards. Something that only one of them says makes them different; other words, another order and another form do not.',
  { needs: ['expected'] },
);

export const translation = presetRubric(
  'translation',
  'A judge says whether the output is as good a translation as the expected one.',
  'The output translates the same text as the expected answer does, into the same language, with the same meaning: nothing is left out, added or turned round, names and numbers are kept, and it reads as a native speaker would write. Another choice of words is fine.',
  { needs: ['expected'] },
);

export const sqlEquivalence = presetRubric(
  'sql-equivalence',
  'A judge says whether the output is a query that gives the same rows as the expected one, on any data.',
  'Both are SQL queries that would give the same rows on every database of the same schema. Other names of aliases, another order of conditions or joins, and other functions of the same meaning do not matter. The order of the rows matters only where the expected query sorts.',
  { needs: ['expected'] },
);
