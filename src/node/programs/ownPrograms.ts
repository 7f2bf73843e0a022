import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { hashText, hashValue, shortHash } from '../../engine/hash.ts';
import type { MetricTools } from '../../engine/metric/metric.ts';
import type { OpenProgram, OwnProgram, ProgramRefusal } from '../../engine/metric/own/ownProgram.ts';
import { isInside } from '../workspace/paths.ts';
import { AskedProgram } from './askedProgram.ts';
import type { LineCommand } from './lineProcess.ts';
import { runTests } from './testRun.ts';

/** Where programs are looked for and started, and whether they may be. */
export type ProgramPlace = {
  readonly root: string;
  /** The suite's folder. */
  readonly folder: string;
  readonly trusted: boolean;
};

export type OwnPrograms = {
  readonly open: MetricTools['openProgram'];
  /** Ends all that were started; `now` without letting them finish. Nothing is left when it resolves. */
  readonly close: (now: boolean) => Promise<void>;
};

/**
 * The users' own metrics of one run. The same program is started once, however many variants it scores; none is started before
 * it is asked something, so a check of a suite needs no `close`.
 */
export function ownPrograms(place: ProgramPlace): OwnPrograms {
  const asked = new Map<string, AskedProgram>();
  const running = new Set<Promise<unknown>>();
  return {
    open: (program) => {
      if (program.kind === 'tests') return openTests(program, place, running);
      const found = commandOf(program, place);
      if ('error' in found) return found;
      const key = JSON.stringify(program);
      const ask: OpenProgram['ask'] = (question, signal) => {
        // Looked at again, for a link may have changed since.
        const now = commandOf(program, place);
        if ('error' in now) return Promise.resolve({ error: now.error });
        const running = asked.get(key) ?? new AskedProgram(now.command, program.timeoutMs, program.kind === 'sqlite');
        asked.set(key, running);
        return running.ask(question, signal);
      };
      return { version: found.version, ask };
    },
    close: async (now) => {
      await Promise.all([...[...asked.values()].map((program) => program.close(now)), ...running]);
    },
  };
}

type Found = { readonly command: LineCommand; readonly version: string };

/** Each question is a run of the tests in a folder of its own; one after another, for tests may be heavy. */
function openTests(
  { command, file, files, timeoutMs }: Extract<OwnProgram, { readonly kind: 'tests' }>,
  { root, folder, trusted }: ProgramPlace,
  running: Set<Promise<unknown>>,
): OpenProgram | ProgramRefusal {
  if (!trusted) return UNTRUSTED;
  const copied = files.map((to) => ({ from: path.resolve(folder, to), to }));
  for (const { from, to } of copied) {
    const refusal = refusalOf(from, to, root);
    if (refusal) return refusal;
  }
  let last: Promise<unknown> = Promise.resolve();
  return {
    version: versionOf(copied.map(({ from }) => from)),
    ask: (question, signal) => {
      const run = last.then(() => runTests({ command, file, copied, timeoutMs }, String(question['code']), signal));
      last = run;
      running.add(run);
      return run.finally(() => running.delete(run));
    },
  };
}

const UNTRUSTED: ProgramRefusal = {
  error: 'This workspace is not trusted, so its own metrics are not run.',
  remedy: 'Trust the workspace to evaluate it.',
};

function commandOf(
  program: Exclude<OwnProgram, { readonly kind: 'tests' }>,
  place: ProgramPlace,
): Found | ProgramRefusal {
  if (!place.trusted) return UNTRUSTED;
  switch (program.kind) {
    case 'script':
      return scriptCommand(program.file, place);
    case 'process':
      return programCommand(program.command, place);
    case 'sqlite':
      return databaseCommand(program.file, place);
  }
}

function scriptCommand(written: string, { root, folder }: ProgramPlace): Found | ProgramRefusal {
  const file = path.resolve(folder, written);
  const refusal = refusalOf(file, written, root);
  if (refusal) return refusal;
  const strips = /\.[mc]?ts$/.test(file) && !process.features.typescript ? ['--experimental-strip-types'] : [];
  const args = ['--no-warnings', ...strips, runnerFile('scriptRunner'), file];
  return { command: onNode(written, args, folder), version: versionOf([file]) };
}

function databaseCommand(written: string, { root, folder }: ProgramPlace): Found | ProgramRefusal {
  const file = path.resolve(folder, written);
  const refusal = refusalOf(file, written, root);
  if (refusal) return refusal;
  if (fs.statSync(file).size > LARGEST_DATABASE) {
    return { error: `${written} has more than 256 MB.`, remedy: 'Make a smaller database: it is copied into memory.' };
  }
  const runner = runnerFile('sqlRunner');
  // Only the sources are TypeScript, of a kind that takes more than leaving types out.
  const transforms = runner.endsWith('.ts') ? ['--experimental-transform-types'] : [];
  const args = ['--no-warnings', ...transforms, runner, file];
  return { command: onNode(written, args, folder), version: hashOfFile(file) };
}

function onNode(name: string, args: readonly string[], cwd: string): LineCommand {
  // In the editor the program is the editor's own, which is Node only when it is told so.
  return { name, program: process.execPath, args, cwd, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } };
}

function programCommand([written = '', ...args]: readonly string[], place: ProgramPlace): Found | ProgramRefusal {
  const { root, folder } = place;
  const isRelative = /[\\/]/.test(written) && !path.isAbsolute(written);
  const program = isRelative ? path.resolve(folder, written) : written;
  const refusal = isRelative ? refusalOf(program, written, root) : null;
  if (refusal) return refusal;
  // An argument may be a program text, which no system has as a file name.
  const words = [program, ...args].filter((word) => !/[\n\0]/.test(word));
  const files = words.map((word) => path.resolve(folder, word)).filter((file) => isOwnFile(file, root));
  return { command: { name: written, program, args, cwd: folder, env: process.env }, version: versionOf(files) };
}

function refusalOf(file: string, written: string, root: string): ProgramRefusal | null {
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
    return { error: `There is no file ${written}.`, remedy: 'Its path is relative to the suite.' };
  }
  if (isInside(fs.realpathSync(root), fs.realpathSync(file))) return null;
  return { error: `${written} lies outside the workspace ${root}.`, remedy: 'Move it into the workspace.' };
}

/** It is copied into memory. */
const LARGEST_DATABASE = 256 * 2 ** 20;

/** What a program is made of more than this is not read to tell its version. */
const LARGEST_SOURCE = 2 ** 20;

function isOwnFile(file: string, root: string): boolean {
  const stat = isInside(root, file) ? fs.statSync(file, { throwIfNoEntry: false }) : undefined;
  return stat?.isFile() === true && stat.size <= LARGEST_SOURCE;
}

function hashOfFile(file: string): string {
  return shortHash(createHash('sha256').update(fs.readFileSync(file)).digest('hex'));
}

function versionOf(files: readonly string[]): string {
  return shortHash(hashValue(files.map((file) => hashText(fs.readFileSync(file, 'utf8')))));
}

/** Beside this file in the sources; in a build beside the bundle, or above the chunk that this file is in. */
function runnerFile(name: 'scriptRunner' | 'sqlRunner'): string {
  const candidates = [`${name}.ts`, `${name}.mjs`, `../${name}.mjs`];
  const files = candidates.map((candidate) => path.join(import.meta.dirname, candidate));
  return files.find((file) => fs.existsSync(file)) ?? candidates.join();
}
