import { afterEach, expect, it } from 'vitest';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
afterEach(() => workspaces.remove());

it('a judge that cannot be asked is a failure of the environment, and the report says why', async () => {
  const root = workspaces.make({
    'p.prompt': '{{q}}',
    'd.csv': 'id,q,said\na,one,yes\nb,two,yes\n',
    'judge.recording.jsonl': '',
    's.eval.yaml':
      'prompts: [p.prompt]\nmodels: [replay/said]\ndata: d.csv\nmetrics: [{ rubric: { criteria: Polite., judge: replay/judge } }]\n',
  });
  const { code, stdout } = await touchstone(root, 'eval', 's.eval.yaml');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /Note: rubric could not run on 2 samples, at first because: .*no answer to this request/,
  );
  expect(code).toBe(3);
});
