import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { AT_START, type Problem, type SourceRange } from '../../engine/problem.ts';
import { isInside } from './paths.ts';
import { firstInvalidByte } from './utf8.ts';
import type { WorkspaceFiles } from './workspace.ts';

export function workspaceFiles(): WorkspaceFiles {
  const overlays = new Map<string, string>();
  const overlayOf = (file: string): string | undefined => overlays.get(path.resolve(file));
  return {
    async readText(file) {
      let text = overlayOf(file) ?? '';
      if (overlayOf(file) !== undefined) return text;
      for await (const chunk of decode(file)) text += chunk;
      return text;
    },
    async *chunks(file, signal) {
      const overlay = overlayOf(file);
      for await (const chunk of overlay === undefined ? decode(file) : [overlay]) {
        if (signal) throwIfStopped(signal);
        yield chunk;
      }
    },
    async exists(file) {
      if (overlayOf(file) !== undefined) return true;
      const stat = await fs.promises.stat(file).catch(() => null);
      return stat?.isFile() ?? false;
    },
    setOverlay(file, text) {
      if (text === null) overlays.delete(path.resolve(file));
      else overlays.set(path.resolve(file), text.replace(/^\uFEFF/, ''));
    },
    hasOverlays: (folder) => [...overlays.keys()].some((file) => isInside(folder, file)),
  };
}

/** The text of a small file, from the disk; throws as `readText` does. */
export function readTextSync(file: string): string {
  const bytes = fs.readFileSync(file);
  return decodeOr(file, () => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

/** @throws TouchstoneError `cancelled` */
export function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new TouchstoneError('cancelled', 'Stopped.', { cause: signal.reason });
}

/** Why a file could not be read, as a problem: of the file itself, or of the place that names it. */
export function fileProblem(error: unknown, file: string, named?: { file: string; range: SourceRange }): Problem {
  if (error instanceof TouchstoneError && isProblem(error.cause)) return error.cause;
  const { code, message, remedy } = describe(error, file);
  return { severity: 'error', code, message, remedy, file: named?.file ?? file, range: named?.range ?? AT_START };
}

async function* decode(file: string): AsyncGenerator<string> {
  // Drops the byte-order mark and keeps characters whole that two reads divide.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of fs.createReadStream(file, { highWaterMark: 256 * 1024 })) {
      yield decodeOr(file, () => decoder.decode(bytes, { stream: true }));
    }
    yield decodeOr(file, () => decoder.decode());
  } catch (error) {
    if (error instanceof TouchstoneError) throw error;
    const { message, remedy } = describe(error, file);
    const code = errorCode(error) === 'ENOENT' ? 'not-found' : 'invalid-argument';
    throw new TouchstoneError(code, message, { cause: error, remedy });
  }
}

function decodeOr(file: string, decoded: () => string): string {
  try {
    return decoded();
  } catch {
    const cause = invalidUtf8(file);
    throw new TouchstoneError('invalid-argument', cause.message, { cause });
  }
}

function invalidUtf8(file: string): Problem {
  const bytes = fs.readFileSync(file);
  const found = firstInvalidByte(bytes);
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const hex = (found?.byte ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return {
    severity: 'error',
    code: 'invalid-utf8',
    message: utf16 ? 'The file is UTF-16, not UTF-8.' : `The byte 0x${hex} here is not UTF-8.`,
    remedy: 'Save the file in the encoding UTF-8.',
    file,
    range:
      found === null
        ? AT_START
        : { start: found, end: { ...found, column: found.column + 1, offset: found.offset + 1 } },
  };
}

function describe(error: unknown, file: string): { code: string; message: string; remedy: string } {
  const code = error instanceof TouchstoneError ? errorCode(error.cause) : errorCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        code: 'file-not-found',
        message: `There is no file ${file}.`,
        remedy: 'Correct the path, or create the file.',
      };
    case 'EISDIR':
      return { code: 'not-a-file', message: `${file} is a folder.`, remedy: 'Name a file in it.' };
    case 'EACCES':
    case 'EPERM':
      return { code: 'unreadable-file', message: `${file} may not be read.`, remedy: "Change the file's permissions." };
    default: {
      const remedy = error instanceof TouchstoneError ? error.remedy : undefined;
      const message = error instanceof Error ? error.message : String(error);
      return { code: 'unreadable-file', message, remedy: remedy ?? 'Check the file.' };
    }
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'severity' in value && 'range' in value;
}
