import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSuites, suitesOfPrompt } from '../../../../src/node/workspace/findSuites.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { folderWith } from './support.ts';

const suite = (prompt: string): string => `prompts: [${prompt}]\ndata: d.csv\nmetrics: [json-schema]\n`;

describe('findSuites', () => {
  it('finds them below a folder, sorted, but not in packages and repositories', async () => {
    const names = ['b.eval.yaml', 'a/z.eval.yml', 'a/deep/er/x.eval.yaml', 'a/eval.yaml', 'c.eval.json'];
    const skipped = [
      'node_modules/p/x.eval.yaml',
      '.git/x.eval.yaml',
      'a/node_modules/x.eval.yaml',
      '.touchstone/x.eval.yaml',
    ];
    const folder = folderWith(Object.fromEntries([...names, ...skipped].map((name) => [name, ''])));
    const found = await findSuites(folder);
    expect(found).toEqual(
      ['a/deep/er/x.eval.yaml', 'a/z.eval.yml', 'b.eval.yaml'].map((name) => path.join(folder, name)),
    );
  });

  it('ends in a folder that links to itself', async () => {
    const folder = folderWith({ 'a/x.eval.yaml': '' });
    fs.symlinkSync(folder, path.join(folder, 'a/loop'));
    expect(await findSuites(folder)).toEqual([path.join(folder, 'a/x.eval.yaml')]);
  });

  it('finds nothing where there is no folder', async () => {
    expect(await findSuites('/nonexistent/folder')).toEqual([]);
  });
});

describe('suitesOfPrompt', () => {
  it('lists the suite that the prompt names, then those that name the prompt, broken ones too', async () => {
    const folder = folderWith({
      'touchstone.yaml': '',
      'p/x.prompt': '---\ntouchstone.suite: ../z/own.eval.yaml\n---\nHi',
      'z/own.eval.yaml': suite('other.prompt'),
      'e/a.eval.yaml': suite('../p/x.prompt'),
      'e/b.eval.yaml': suite('./x.prompt'),
      'e/c.eval.yaml': `${suite('../e/../p/x.prompt')}modles: []\n`,
      'e/bad.eval.yaml': 'prompts: [',
    });
    const found = await suitesOfPrompt(openWorkspace(folder), 'p/x.prompt');
    expect(found).toEqual(['z/own.eval.yaml', 'e/a.eval.yaml', 'e/c.eval.yaml'].map((name) => path.join(folder, name)));
  });

  it('passes over a suite that is not there', async () => {
    const folder = folderWith({ 'x.prompt': '---\ntouchstone.suite: gone.eval.yaml\n---\nHi' });
    expect(await suitesOfPrompt(openWorkspace(folder), 'x.prompt')).toEqual([]);
  });
});
