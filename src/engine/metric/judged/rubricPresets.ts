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
