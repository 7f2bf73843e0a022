import { expect, it } from 'vitest';
import type { RunVariant } from '../../../src/engine/run/run.ts';
import { variantLabels } from '../../../webview/variantLabel.ts';

const base: RunVariant = {
  id: 'v1',
  prompt: 'prompts/triage.prompt',
  promptVersion: 'aaaaaaaabbbb',
  model: 'openai/gpt-5-mini',
  params: {},
  signatures: {},
};

it.each<{ name: string; variants: Partial<RunVariant>[]; labels: string[] }>([
  { name: 'one is called by its model', variants: [{}], labels: ['openai/gpt-5-mini'] },
  {
    name: 'models',
    variants: [{}, { model: 'ollama/qwen3:8b' }],
    labels: ['gpt-5-mini', 'qwen3:8b'],
  },
  {
    name: 'one model of two providers',
    variants: [{}, { model: 'azure/gpt-5-mini' }],
    labels: ['openai/gpt-5-mini', 'azure/gpt-5-mini'],
  },
  {
    name: 'params',
    variants: [{ params: { temperature: 0, seed: 1 } }, { params: { temperature: 0.7, seed: 1 } }],
    labels: ['temperature 0', 'temperature 0.7'],
  },
  {
    name: 'a param that only one has',
    variants: [{}, { params: { temperature: 0.7 } }],
    labels: ['no temperature', 'temperature 0.7'],
  },
  {
    name: 'prompts, whose versions differ of course',
    variants: [{}, { prompt: 'prompts/triage-v2.prompt', promptVersion: 'ccccccccdddd' }],
    labels: ['triage', 'triage-v2'],
  },
  {
    name: 'versions of one prompt',
    variants: [{}, { promptVersion: 'ccccccccdddd' }],
    labels: ['aaaaaaaa', 'cccccccc'],
  },
  {
    name: 'all at once',
    variants: [{}, { prompt: 'b.prompt', model: 'ollama/qwen3:8b' }],
    labels: ['triage · gpt-5-mini', 'b · qwen3:8b'],
  },
])('$name', ({ variants, labels }) => {
  const made = variants.map((variant, index) => ({ ...base, ...variant, id: `v${index}` }));
  expect([...variantLabels(made).values()]).toEqual(labels);
});

it('has nothing to say of no variants', () => expect(variantLabels([]).size).toBe(0));
