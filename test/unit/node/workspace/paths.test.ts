import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isReallyInside, requireInside } from '../../../../src/node/workspace/paths.ts';
import { folderWith } from './support.ts';

describe('isReallyInside', () => {
  const folder = () => {
    const at = folderWith({ 'in/a.txt': '', 'out/b.txt': '' });
    const link = (target: string, name: string) => fs.symlinkSync(target, path.join(at, 'in', name));
    link('../out/b.txt', 'file');
    link('../out', 'folder');
    link('../out/not-there-yet.txt', 'dangling');
    link('./dangling', 'chain');
    link('./not-there-yet.txt', 'harmless');
    link('./loop', 'loop');
    return at;
  };
  it.each([
    ['a.txt', true],
    ['new.txt', true],
    ['new/deep/file.txt', true],
    ['harmless', true],
    ['../out/b.txt', false],
    ['../out/new.txt', false],
    ['../in2', false],
    ['file', false],
    ['folder/b.txt', false],
    ['folder/new/file.txt', false],
    ['dangling', false],
    ['chain', false],
  ])('%s: %s', async (name, inside) => {
    const at = folder();
    expect(await isReallyInside(path.join(at, 'in'), path.join(at, 'in', name))).toBe(inside);
  });

  it('comes to an end in a circle of links', async () => {
    const at = folder();
    expect(await isReallyInside(path.join(at, 'in'), path.join(at, 'in', 'loop'))).toBe(true);
  });
});

describe('requireInside', () => {
  it('says what lies where, and what to do', async () => {
    const at = folderWith({ 'in/a.txt': '' });
    await expect(requireInside(path.join(at, 'in'), path.join(at, 'in', 'a.txt'), 'The baseline')).resolves.toBe(
      undefined,
    );
    const file = path.join(at, 'b.json');
    await expect(requireInside(path.join(at, 'in'), file, 'The baseline')).rejects.toMatchObject({
      code: 'invalid-argument',
      message: `The baseline ${file} lies outside the workspace ${path.join(at, 'in')}.`,
      remedy: expect.stringContaining('touchstone.yaml'),
    });
  });
});
