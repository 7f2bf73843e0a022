import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FORMAT_FILES, FORMAT_PROMPTS, suiteOf } from '../../../support/formatFiles.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';
import { touchstone } from './sampleFolder.ts';

const workspaces = temporaryWorkspaces();
afterAll(workspaces.remove);

it('convert writes a native file beside the original, reports, and never overwrites', async () => {
  const folder = workspaces.make(FORMAT_FILES);
  const first = await touchstone(folder, 'convert', 'p/a.prompty');
  expect(first).toMatchObject({ code: 0, stdout: '' });
  expect(first.stderr).toContain('Rendered with 1 set of values: 1 the same, 0 different.');
  const written = fs.readFileSync(path.join(folder, 'p/a.prompt'), 'utf8');
  expect(written).toContain('{{role "system"~}}\nBe kind.\n{{~role "user"~}}\n{{who}}');
  const again = await touchstone(folder, 'convert', 'p/a.prompty');
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('is there already');
  const other = await touchstone(folder, 'convert', 'p/a.prompty', '--out', '-');
  expect(other.stdout).toBe(written);
  expect((await touchstone(folder, 'convert', 'p/a.prompt')).stderr).toContain('is a dotprompt file already');
});

it.each(FORMAT_PROMPTS)('%s is rendered, run and evaluated', async (name) => {
  const folder = workspaces.make({ ...FORMAT_FILES, 's.eval.yaml': suiteOf(name) });
  const rendered = await touchstone(folder, 'render', `p/${name}`, '--case', 'a');
  expect(rendered).toMatchObject({ code: 0 });
  expect(rendered.stdout).toContain('Ann');
  const run = await touchstone(folder, 'run', `p/${name}`, '--model', 'function/echo.mjs', '--case', 'a');
  expect(run).toMatchObject({ code: 0, stdout: 'Hello Ann\n' });
  const evaluated = await touchstone(folder, 'eval', 's.eval.yaml', '--no-history');
  expect(evaluated.stdout).toMatch(/ +2 +0 +0 +0 +1\.000 /);
  expect(evaluated.code).toBe(0);
});
