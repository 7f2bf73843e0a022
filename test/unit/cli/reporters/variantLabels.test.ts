import { describe, expect, it } from 'vitest';
import type { RunVariant } from '../../../../src/engine/run/run.ts';
import { variantLabels } from '../../../../src/engine/run/variantLabels.ts';
import { NEW } from './summaryFixture.ts';

describe('variantLabels', () => {
  it.each<[string, Partial<RunVariant>[], string[]]>([
    ['one variant is its prompt', [{}], ['triage']],
    ['two prompts', [{}, { prompt: 'prompts/triage-v1.prompt' }], ['triage', 'triage-v1']],
    ['two models', [{ model: 'openai/a' }, { model: 'ollama/b' }], ['openai/a', 'ollama/b']],
    ['two models of one provider', [{ model: 'replay/a/x' }, { model: 'replay/b' }], ['a/x', 'b']],
    [
      'values of a param',
      [{ params: { temperature: 0, seed: 1 } }, { params: { temperature: 0.7, seed: 1 } }],
      ['triage · temperature=0', 'triage · temperature=0.7'],
    ],
    ['a param that a prompt sets itself', [{}, { prompt: 'v1.prompt', params: { temperature: 1 } }], ['triage', 'v1']],
    ['files of one name', [{ prompt: 'a/t.prompt' }, { prompt: 'b/t.prompt' }], ['a/t.prompt', 'b/t.prompt']],
    ['prompts and models', [{ model: 'x/1' }, { prompt: 'v1.prompt', model: 'y/2' }], ['triage · x/1', 'v1 · y/2']],
  ])('%s', (_name, differing, labels) => {
    const variants = differing.map((part, at) => ({ ...NEW, ...part, id: `variant-${at}` }));
    expect([...variantLabels(variants).values()]).toEqual(labels);
  });
});
