import type { Json } from '../json.ts';

/** What a preset puts into a suite that does not say otherwise. */
export type Preset = {
  readonly summary: string;
  /** Entries of `metrics` as a suite writes them. One whose kind the suite names itself is left out. */
  readonly metrics: readonly Json[];
  /** The composite's threshold, 0..1. */
  readonly threshold: number;
};

export const PRESET_NAMES = ['classification', 'extraction', 'rag-answer', 'summarisation', 'chat', 'agent'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export const PRESETS: { readonly [name in PresetName]: Preset } = {
  classification: {
    summary: 'The label is the output: right or wrong, F1 over the classes, and agreement beyond chance.',
    metrics: [{ accuracy: {} }, { 'f-beta': {} }, { 'cohen-kappa': {} }],
    threshold: 1,
  },
  extraction: {
    summary: 'The output is JSON: whether it can be read, and which fields are right.',
    metrics: [{ 'is-json': {}, tier: 'critical' }, { 'field-f1': {}, weight: 3 }, { 'json-diff': {} }],
    threshold: 0.9,
  },
  'rag-answer': {
    summary: 'The answer rests on the contexts, addresses the question, and is what is expected; asks a judge.',
    metrics: [
      { faithfulness: { threshold: 0.9 }, tier: 'major' },
      { 'answer-relevance': {} },
      { factuality: {}, tier: 'major' },
    ],
    threshold: 0.8,
  },
  summarisation: {
    summary:
      'Claims of the summary that hold and points that it covers, by a judge; overlap with the expected summary.',
    metrics: [{ summarisation: {}, tier: 'major' }, { 'rouge-lsum': { unicode: true } }, { 'word-count': {} }],
    threshold: 0.6,
  },
  chat: {
    summary: 'Helpful, coherent, and to the point of what came before; asks a judge.',
    metrics: [{ helpfulness: {}, tier: 'major' }, { coherence: {} }, { 'turn-relevancy': {} }],
    threshold: 0.7,
  },
  agent: {
    summary: 'The task is done, with the right arguments and no needless step; asks a judge.',
    metrics: [
      { 'task-completion': { threshold: 0.8 }, tier: 'major' },
      { 'argument-correctness': {} },
      { 'step-efficiency': {} },
    ],
    threshold: 0.7,
  },
};
