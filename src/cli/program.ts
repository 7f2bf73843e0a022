import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exitCode.ts';
import { addEvaluating } from './program/evaluating.ts';
import { addJudging } from './program/judging.ts';
import { addLookingBack } from './program/lookingBack.ts';
import { addPrompting } from './program/prompting.ts';
import type { Shell } from './shell.ts';

/** The command line: arguments in, exit code out. A command's code is loaded when it is called. */
export function createProgram(shell: Shell, version: string): { run: (args: readonly string[]) => Promise<ExitCode> } {
  let code: ExitCode = EXIT.ok;
  const program = new Command('touchstone')
    .description('Evaluates prompt files on datasets.')
    .version(version, '-V, --version', 'print the version')
    .exitOverride()
    // Otherwise a command would take options of those below it, such as --workspace, for its own.
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
      getOutHelpWidth: () => shell.stdout.columns(),
      getErrHelpWidth: () => shell.stderr.columns(),
    })
    .showHelpAfterError('(touchstone help <command> says more)')
    .addHelpText('after', EXIT_CODES);

  const ports = {
    shell,
    end: (ended: ExitCode) => {
      code = ended;
    },
  };
  addEvaluating(program, ports);
  addPrompting(program, ports);
  addLookingBack(program, ports);
  addJudging(program, ports);

  return {
    run: async (args) => {
      try {
        await program.parseAsync(args, { from: 'user' });
        return code;
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        // Help and version end with 0; so does nothing else that commander stops for.
        return error.exitCode === 0 ? EXIT.ok : EXIT.input;
      }
    },
  };
}

const EXIT_CODES = `
Exit codes:
  0    the gate holds
  1    the gate fails
  2    files or arguments are wrong; nothing was run
  3    a provider or the environment failed
  130  stopped; what had finished is kept
`;
