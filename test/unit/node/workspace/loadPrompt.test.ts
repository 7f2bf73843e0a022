import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TouchstoneError } from '../../../../src/engine/error.ts';
import { loadPrompt } from '../../../../src/node/workspace/loadPrompt.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { folderWith } from './support.ts';

const PARTIAL = 'Be brief.';

describe('partials', () => {
  it.each<[string, string, string[], string | null]>([
    ['beside the prompt', '{{>tone}}', ['p/a/_tone.prompt'], 'p/a/_tone.prompt'],
    ['upward', '{{>tone}}', ['p/_tone.prompt'], 'p/_tone.prompt'],
    ['at the root', '{{>tone}}', ['_tone.prompt'], '_tone.prompt'],
    ['the nearest', '{{>tone}}', ['_tone.prompt', 'p/a/_tone.prompt'], 'p/a/_tone.prompt'],
    ['in a folder', '{{>shared/tone}}', ['p/shared/_tone.prompt'], 'p/shared/_tone.prompt'],
    ['never in another folder', '{{>tone}}', ['p/b/_tone.prompt', 'tone.prompt'], null],
  ])('%s', async (_name, text, files, expected) => {
    const folder = folderWith({
      'touchstone.yaml': '',
      'p/a/x.prompt': text,
      ...Object.fromEntries(files.map((file) => [file, PARTIAL])),
    });
    const { closure, version } = await loadPrompt(openWorkspace(folder), 'p/a/x.prompt');
    const [partial] = closure.partials.values();
    expect(partial?.path).toBe(expected === null ? undefined : path.join(folder, expected));
    expect(closure.problems.map(({ severity }) => severity)).toEqual(expected === null ? ['error'] : []);
    expect(version).toMatch(/^[0-9a-f]{64}$/);
  });

  it('are never read from outside the root, by name or by link', async () => {
    const folder = folderWith({
      '_secret.prompt': 'SECRET',
      'w/touchstone.yaml': '',
      'w/x.prompt': '{{>../secret}}{{>secret}}{{>linked}}{{>dir/secret}}',
    });
    fs.symlinkSync(path.join(folder, '_secret.prompt'), path.join(folder, 'w/_linked.prompt'));
    fs.symlinkSync(folder, path.join(folder, 'w/dir'));
    const { closure } = await loadPrompt(openWorkspace(path.join(folder, 'w')), 'x.prompt');
    expect([...closure.partials.values()].map(({ text }) => text)).toEqual([]);
    expect(closure.problems.length).toBeGreaterThan(0);
  });

  it('may be links within the root', async () => {
    const folder = folderWith({ 'touchstone.yaml': '', 'a/_tone.prompt': PARTIAL, 'b/x.prompt': '{{>tone}}' });
    fs.symlinkSync(path.join(folder, 'a/_tone.prompt'), path.join(folder, 'b/_tone.prompt'));
    const { closure } = await loadPrompt(openWorkspace(folder), 'b/x.prompt');
    expect([...closure.partials.values()].map(({ text }) => text)).toEqual([PARTIAL]);
  });

  it('count as unsaved buffers too, and change the version', async () => {
    const folder = folderWith({ 'touchstone.yaml': '', '_tone.prompt': PARTIAL, 'x.prompt': '{{>tone}}' });
    const workspace = openWorkspace(folder);
    const before = await loadPrompt(workspace, 'x.prompt');
    workspace.files.setOverlay(path.join(folder, '_tone.prompt'), 'Be kind.');
    const after = await loadPrompt(workspace, 'x.prompt');
    expect([...after.closure.partials.values()].map(({ text }) => text)).toEqual(['Be kind.']);
    expect(after.version).not.toBe(before.version);
  });
});

describe('prompts outside the root', () => {
  it.each(['../y.prompt', 'link.prompt', 'dir/y.prompt'])('%s is refused', async (name) => {
    const folder = folderWith({ 'y.prompt': 'hi', 'w/touchstone.yaml': '' });
    fs.symlinkSync(path.join(folder, 'y.prompt'), path.join(folder, 'w/link.prompt'));
    fs.symlinkSync(folder, path.join(folder, 'w/dir'));
    const error: unknown = await loadPrompt(openWorkspace(path.join(folder, 'w')), name).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(TouchstoneError);
    expect(error).toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('outside the workspace'),
    });
  });

  it('a workspace that is itself behind a link is inside itself', async () => {
    const folder = folderWith({
      'real/touchstone.yaml': '',
      'real/a/x.prompt': '{{>tone}}',
      'real/_tone.prompt': PARTIAL,
    });
    fs.symlinkSync(path.join(folder, 'real'), path.join(folder, 'link'));
    const { closure } = await loadPrompt(openWorkspace(path.join(folder, 'link')), 'a/x.prompt');
    expect(closure.problems).toEqual([]);
  });

  it('one that is missing is not found', async () => {
    const error = await loadPrompt(openWorkspace(folderWith({})), 'gone.prompt').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'not-found' });
  });
});
