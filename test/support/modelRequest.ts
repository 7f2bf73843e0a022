import type { Case } from '../../src/engine/dataset/case.ts';
import type { ModelRequest } from '../../src/engine/model/modelClient.ts';

/** A case with nothing in it but what a test says. */
export function testCase(parts: Partial<Case> = {}): Case {
  return { id: 'case-1', vars: {}, tags: [], metadata: {}, row: {}, index: 0, line: 0, ...parts };
}

/** A request of one user message. */
export function modelRequest(parts: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: { provider: 'openai', name: 'gpt-test' },
    messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
    params: {},
    tools: [],
    output: {},
    testCase: testCase(),
    repeat: 0,
    ...parts,
  };
}
