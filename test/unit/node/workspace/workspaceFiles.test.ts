import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../src/engine/problem.ts';
import { firstInvalidByte } from '../../../../src/node/workspace/utf8.ts';
import { fileProblem, workspaceFiles } from '../../../../src/node/workspace/workspaceFiles.ts';
import { brief, folderWith } from './support.ts';

async function problemOf(file: string): Promise<Problem> {
  return workspaceFiles()
    .readText(file)
    .then(
      () => expect.unreachable(),
      (error: unknown) => fileProblem(error, file),
    );
}

describe('readText and chunks', () => {
  it('drop the byte-order mark and keep everything else', async () => {
    const text = 'a\r\n猫😀\ufeffb\n';
    const folder = folderWith({ bom: `\ufeff${text}`, plain: text, empty: '' });
    const files = workspaceFiles();
    expect(await files.readText(path.join(folder, 'bom'))).toBe(text);
    expect(await files.readText(path.join(folder, 'plain'))).toBe(text);
    expect(await files.readText(path.join(folder, 'empty'))).toBe('');
  });

  it('keep characters whole that two reads divide', async () => {
    const text = `x${'猫😀'.repeat(100_000)}`;
    const folder = folderWith({ large: text });
    const pieces: string[] = [];
    for await (const piece of workspaceFiles().chunks(path.join(folder, 'large'))) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.every((piece) => !piece.includes('\ufffd'))).toBe(true);
    expect(pieces.join('') === text).toBe(true);
  });

  it('show an overlay instead of the file until it is taken back', async () => {
    const folder = folderWith({ 'a.txt': 'saved' });
    const files = workspaceFiles();
    const [file, unsaved] = [path.join(folder, 'a.txt'), path.join(folder, 'sub/../new.txt')];
    files.setOverlay(file, '\ufeffedited');
    files.setOverlay(unsaved, '');
    expect(await files.readText(path.join(folder, '.', 'a.txt'))).toBe('edited');
    expect([await files.exists(path.join(folder, 'new.txt')), await files.readText(unsaved)]).toEqual([true, '']);
    files.setOverlay(file, null);
    files.setOverlay(unsaved, null);
    expect([await files.readText(file), await files.exists(unsaved), await files.exists(folder)]).toEqual([
      'saved',
      false,
      false,
    ]);
  });
});

describe('files that cannot be read', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['a Latin-1 letter', Buffer.from('ab\nc\u00e9d', 'latin1'), '2:2', /byte 0xE9/],
    [
      'after a mark and wide characters',
      Buffer.concat([Buffer.from('\ufeff猫😀'), Buffer.from([0x80])]),
      '1:4',
      /byte 0x80/,
    ],
    ['a character cut off at the end', Buffer.from('猫').subarray(0, 2), '1:1', /byte 0xE7/],
    ['UTF-16', Buffer.from('\ufeffid,q\n', 'utf16le'), '1:1', /UTF-16/],
  ])('%s', async (_name, bytes, place, message) => {
    const folder = folderWith({ f: bytes });
    const problem = await problemOf(path.join(folder, 'f'));
    expect(brief(folder, problem)).toBe(`f:${place} invalid-utf8`);
    expect(problem.message).toMatch(message);
  });

  it('far into a large file', async () => {
    const folder = folderWith({
      f: Buffer.concat([Buffer.from('0123456\n'.repeat(100_000)), Buffer.from('ab\xff', 'latin1')]),
    });
    expect(brief(folder, await problemOf(path.join(folder, 'f')))).toBe('f:100001:3 invalid-utf8');
  });

  it('missing ones and folders', async () => {
    const folder = folderWith({ 'sub/x': '' });
    expect(brief(folder, await problemOf(path.join(folder, 'gone')))).toBe('gone:1:1 file-not-found');
    expect(brief(folder, await problemOf(path.join(folder, 'sub/x/y')))).toBe('sub/x/y:1:1 file-not-found');
    expect(brief(folder, await problemOf(path.join(folder, 'sub')))).toBe('sub:1:1 not-a-file');
  });
});

describe('firstInvalidByte', () => {
  const byte = fc.oneof(
    fc.nat(255),
    fc.constantFrom(0x0a, 0x61, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f),
  );
  const bytes = fc.oneof(
    fc.array(byte, { maxLength: 12 }).map((list) => Uint8Array.from(list)),
    fc
      .tuple(fc.string({ unit: 'grapheme' }), byte)
      .map(([text, last]) => Buffer.concat([Buffer.from(text), Buffer.from([last])])),
  );
  it('agrees with the decoder, and what stands before it is sound', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const decoder = new TextDecoder('utf-8', { fatal: true });
        let sound = true;
        try {
          decoder.decode(given);
        } catch {
          sound = false;
        }
        const found = firstInvalidByte(given);
        expect(found === null).toBe(sound);
        if (found === null) return;
        const replaced = new TextDecoder('utf-8').decode(given);
        expect(replaced[found.offset]).toBe('\ufffd');
        const before = replaced.slice(0, found.offset);
        expect([found.line, found.column]).toEqual([
          before.split('\n').length - 1,
          before.length - (before.lastIndexOf('\n') + 1),
        ]);
      }),
      { numRuns: 3000 },
    );
  });
});

it('knows what is seen otherwise than it is on the disk', () => {
  const files = workspaceFiles();
  expect(files.hasOverlays('/w')).toBe(false);
  files.setOverlay('/w/a/b.prompt', 'text');
  expect([
    files.hasOverlays('/w'),
    files.hasOverlays('/w/a'),
    files.hasOverlays('/w/c'),
    files.hasOverlays('/'),
  ]).toEqual([...[true, true, false, true]]);
  files.setOverlay('/w/a/b.prompt', null);
  expect(files.hasOverlays('/w')).toBe(false);
});
