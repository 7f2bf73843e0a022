import { expect, it } from 'vitest';
import { modelItems } from '../../../../src/extension/models/modelItems.ts';
import type { ProviderOffer } from '../../../../src/protocol/models.ts';

const offer = (provider: string, keyFrom: string | null): ProviderOffer => ({
  provider,
  label: provider.toUpperCase(),
  address: `http://${provider}`,
  keyFrom,
  model: null,
});
const shown = (items: ReturnType<typeof modelItems>) =>
  items.map((item) => {
    if (item.heading) return `# ${item.label}`;
    const { choice } = item;
    return `${item.label} (${item.description ?? ''}) ${choice.kind === 'model' ? choice.model : choice.kind}`;
  });

it("lists the editor's models first, then servers that answer, targets, providers with a key, and Connect", () => {
  const items = modelItems(
    [{ id: 'gpt-x', name: 'GPT X', vendor: 'copilot' }],
    [{ offer: offer('ollama', null), models: ['a:1', 'b'] }],
    { keyed: [offer('openai', 'OPENAI_API_KEY'), offer('groq', 'safe')], targets: ['http/bot'] },
  );
  expect(shown(items)).toEqual([
    '# Models of the editor',
    'GPT X (copilot) vscode/gpt-x',
    '# OLLAMA on http://ollama',
    'a:1 () ollama/a:1',
    'b () ollama/b',
    '# Your own',
    'http/bot (touchstone.yaml) http/bot',
    '# Providers with a key',
    'OPENAI (key in OPENAI_API_KEY) provider',
    'GROQ (key in the secret storage) provider',
    '# More',
    'Connect a model… (paste a key) connect',
  ]);
});

it('leaves out groups that have nothing', () => {
  expect(shown(modelItems([], [], { keyed: [], targets: [] }))).toEqual([
    '# More',
    'Connect a model… (paste a key) connect',
  ]);
});
