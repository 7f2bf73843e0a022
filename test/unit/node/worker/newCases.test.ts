import { describe, expect, it } from 'vitest';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import { planNewCases } from '../../../../src/node/worker/newCases.ts';

const plan = (text: string, taken: readonly string[] = []) =>
  planNewCases(parsePrompt(text, '/w/prompts/triage.prompt'), (file) => taken.includes(file));

describe('a first suite and table', () => {
  it('has the variables that the schema declares, with their defaults', () => {
    const { suitePath, dataPath, dataText, suiteText } = plan(
      '---\ninput:\n  schema: { ticket: string, plan?: string }\n  default: { plan: "free, \\"basic\\"" }\n---\n{{ticket}}',
    );
    expect([suitePath, dataPath]).toEqual(['/w/prompts/triage.eval.yaml', '/w/prompts/triage.csv']);
    expect(dataText).toBe(
      'id,ticket,plan,expected\nexample,Replace this with a ticket,"free, ""basic""",Replace this with a good answer\n',
    );
    expect(suiteText).toContain('prompts: ["./triage.prompt"]');
    expect(suiteText).toContain('data: "./triage.csv"');
    expect(suiteText).toContain('token-f1: { expected: "{{expected}}", threshold: 0.5 }');
  });

  it('has the variables that the template reads when nothing is declared', () => {
    expect(plan('{{question}} {{user.name}} {{question}}').dataText.split('\n')[0]).toBe('id,question,user,expected');
  });

  it('expects the fields of a JSON answer that can be right or wrong', () => {
    const { dataText, suiteText } = plan(
      '---\noutput:\n  format: json\n  schema: { category(enum): [a, b], urgent: boolean, stars: integer, summary: string }\n---\n{{ticket}}',
    );
    expect(dataText.split('\n').slice(0, 2)).toEqual([
      'id,ticket,expected.category,expected.urgent,expected.stars',
      'example,Replace this with a ticket,a,false,0',
    ]);
    expect(suiteText).toContain('path: category, expected: "{{expected.category}}"');
    expect(suiteText).not.toContain('summary');
  });

  it('takes no name that is taken', () => {
    const { suitePath, dataPath } = plan('Hi', ['/w/prompts/triage.csv', '/w/prompts/triage-2.eval.yaml']);
    expect([suitePath, dataPath]).toEqual(['/w/prompts/triage-3.eval.yaml', '/w/prompts/triage-3.csv']);
  });
});
