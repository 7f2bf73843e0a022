import { Argument, Command, CommanderError, Option } from 'commander';
import { WANTED_VERDICTS } from '../engine/compare/verdict.ts';
import { EXIT, type ExitCode } from './exitCode.ts';
import { collect, collectParam, collectReport, parseCount, parseUsd } from './options.ts';
import { REPORTERS } from './reporterNames.ts';
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

  program
    .command('eval')
    .description('run suites and report how their variants do')
    .argument('[suite...]', '*.eval.yaml files, or folders that hold some (default: this folder)')
    .option('--model <provider/name>', 'instead of the models of the suite; may be given again', collect)
    .option('--params <name=value>', 'instead of the params of the suite; a JSON list is several values', collectParam)
    .option('--filter <id>', 'only this case: an id, a glob such as "refund-*", or a part of ids')
    .option('--tag <tag>', 'only cases with this tag; may be given again', collect)
    .option('--limit <n>', 'only the first n cases', parseCount)
    .option('--repeats <n>', 'ask n times for each case', parseCount)
    .option('--concurrency <n>', 'requests under way at once', parseCount)
    .option('--budget <usd>', 'start no more requests once so much was spent', parseUsd)
    .option(
      '--baseline <what>',
      'compare with a git revision, whose prompts are evaluated too, a kept run or a baseline file',
    )
    .option('--no-baseline', 'compare with nothing that the suite names')
    .addOption(
      new Option('--baseline-data <when>', "ask a revision's prompts about the cases of today, or of then").choices([
        'today',
        'then',
      ]),
    )
    .option('--stop-when-decided', 'ask no more cases once the verdict of the comparison holds')
    .option('--changed', 'only suites whose files differ from the baseline, or else from HEAD')
    .addOption(new Option('--reporter <name>', 'how to report').choices(REPORTERS).default('table'))
    .option('--out <file>', 'write the report there; the table is printed all the same')
    .option('--also <name=file>', 'another report, as junit=out.xml; may be given again', collectReport)
    .option('--samples <file>', 'write each sample there as a line of JSON')
    .option('--problems', 'print failing cases as problems of their dataset rows')
    .option('--problems-file <file>', 'write failing cases there, each as a line of JSON')
    .option('--record', 'write what the models answer beside the suite, as <suite>.recording.jsonl')
    .option('--recorded-only', 'ask no model: take every answer from that recording')
    .option('--no-history', 'keep nothing')
    .option('--no-cache', 'ask judges again about answers that they have judged before')
    .action(async (suites, options) => {
      const { evalCommand } = await import('./commands/eval.ts');
      code = await evalCommand(suites, options, shell);
    });

  program
    .command('bisect')
    .description(
      'find the commit that changed how the prompts of a suite do; ends with 1 when nothing tells the ends apart',
    )
    .argument('<suite>', 'a *.eval.yaml file')
    .requiredOption('--good <revision>', 'the earlier end: a commit, branch or tag')
    .option('--bad <revision>', 'the later end', 'HEAD')
    .option('--model <provider/name>', 'instead of the models of the suite; may be given again', collect)
    .option('--params <name=value>', 'instead of the params of the suite', collectParam)
    .option('--filter <id>', 'only this case: an id, a glob such as "refund-*", or a part of ids')
    .option('--tag <tag>', 'only cases with this tag; may be given again', collect)
    .option('--limit <n>', 'only the first n cases', parseCount)
    .option('--concurrency <n>', 'requests under way at once', parseCount)
    .option('--budget <usd>', 'start no more requests of a state once so much was spent on it', parseUsd)
    .option('--recorded-only', 'ask no model: take every answer from the recording beside the suite')
    .option('--json', 'as JSON')
    .action(async (suite, options) => {
      const { bisectCommand } = await import('./commands/bisect.ts');
      code = await bisectCommand(suite, options, shell);
    });

  program
    .command('versions')
    .description('list the versions of a prompt, from git and the history, with what each scored')
    .argument('<prompt>', 'a prompt file')
    .option('--blame', 'each line of it with the commit that it came with, and the score before and after')
    .option('--limit <n>', 'at most n commits (default: 30)', parseCount)
    .option('--json', 'as a JSON list')
    .action(async (prompt, options) => {
      const { versionsCommand } = await import('./commands/versions.ts');
      code = await versionsCommand(prompt, options, shell);
    });

  program
    .command('run')
    .description('ask the model about one case and print the answer as it comes')
    .argument('<prompt>', 'a prompt file: .prompt, .prompty, .prompt.yml, .chat.json, .jinja2, .md or .txt')
    .addOption(caseOption())
    .addOption(varsOption())
    .addOption(dataOption())
    .option('--model <provider/name>', 'instead of the model of the prompt', collect)
    .option('--params <name=value>', 'instead of the config of the prompt', collectParam)
    .action(async (prompt, options) => {
      const { runCommand } = await import('./commands/run.ts');
      code = await runCommand(prompt, options, shell);
    });

  program
    .command('render')
    .description('print the messages of a prompt without asking a model')
    .argument('<prompt>', 'a prompt file: .prompt, .prompty, .prompt.yml, .chat.json, .jinja2, .md or .txt')
    .addOption(caseOption())
    .addOption(varsOption())
    .addOption(dataOption())
    .option('--json', 'as they are sent to a chat-completions API')
    .action(async (prompt, options) => {
      const { renderCommand } = await import('./commands/render.ts');
      code = await renderCommand(prompt, options, shell);
    });

  program
    .command('convert')
    .description('write a prompt of another format as a .prompt file, and say what is lost')
    .argument('<prompt>', 'a prompt file: .prompty, .prompt.yml, .chat.json, .jinja2, .md or .txt')
    .option('--out <file>', 'instead of a .prompt file beside it; - for stdout')
    .action(async (prompt, options) => {
      const { convertCommand } = await import('./commands/convert.ts');
      code = await convertCommand(prompt, options, shell);
    });

  program
    .command('init')
    .description('write a first file of your own: a metric, or a workflow for pull requests')
    .addArgument(new Argument('<what>', 'what it is to be').choices(['metric', 'ci']))
    .argument(
      '[name]',
      "a metric's name or path, ending in .ts (default), .mts, .js, .mjs or .py; for ci: github or gitlab",
    )
    .action(async (what, name) => {
      if (what === 'ci') {
        const { initCiCommand } = await import('./commands/initCi.ts');
        code = await initCiCommand(name ?? 'github', shell);
        return;
      }
      if (name === undefined) program.error("error: missing required argument 'name'");
      const { initMetricCommand } = await import('./commands/initMetric.ts');
      code = await initMetricCommand(name, shell);
    });

  program
    .command('models')
    .description('list what can be asked from here, and whether it answers')
    .argument('[model...]', 'only these: provider/name')
    .option('--test', 'ask each provider for its models, and each model that is named for one word')
    .option('--json', 'as a JSON list')
    .action(async (models, options) => {
      const { modelsCommand } = await import('./commands/models.ts');
      code = await modelsCommand(models, options, shell);
    });

  const history = program
    .command('history')
    .enablePositionalOptions()
    .description('list the runs, newest first; or mark or delete some')
    .argument('[file]', 'only those of this prompt or suite')
    .option('--limit <n>', 'at most n runs (default: 20)', parseCount)
    .option('--filter <condition>', 'only those that meet it, such as "metrics.composite > 0.8 and model = \'x\'"')
    .option('--search <words>', 'only those with these words in an answer, case id, name or tag')
    .option('--archived', 'archived runs too')
    .option('--json', 'as a JSON list')
    .addOption(workspaceOption())
    .action(async (file, options) => {
      const { historyCommand } = await import('./commands/history.ts');
      code = await historyCommand(file, options, shell);
    });

  history
    .command('mark')
    .description('name, tag, pin or archive runs')
    .argument('<run...>', 'ids, beginnings of them, names, or "latest"')
    .option('--name <text>', 'call it so; commands find it by its name')
    .option('--no-name', 'take its name away')
    .option('--tag <tag>', 'add a tag; may be given again', collect)
    .option('--untag <tag>', 'take a tag away; may be given again', collect)
    .option('--pin', 'list it first in the editor, and never delete it')
    .option('--no-pin', 'unpin it')
    .option('--archive', 'leave it out of lists, and never take it for the last run')
    .option('--no-archive', 'take it out of the archive')
    .addOption(workspaceOption())
    .action(async (runs, options) => {
      const { historyMarkCommand } = await import('./commands/runMarks.ts');
      code = await historyMarkCommand(runs, options, shell);
    });
  history
    .command('delete')
    .description('delete runs for good, with their answers and scores; ratings stay')
    .argument('<run...>', 'ids, beginnings of them, or names')
    .addOption(workspaceOption())
    .action(async (runs, options) => {
      const { historyDeleteCommand } = await import('./commands/runMarks.ts');
      code = await historyDeleteCommand(runs, options, shell);
    });

  program
    .command('show')
    .description('show a run that was kept')
    .argument('<run>', 'its id, the beginning of it, or "latest"')
    .option('--case <id>', 'all that is known of this case')
    .option('--json', 'as JSON')
    .option('--markdown', 'as Markdown')
    .option('--html <file>', 'write a page that works offline, with every case; - for stdout')
    .addOption(workspaceOption())
    .action(async (run, options) => {
      const { showCommand } = await import('./commands/show.ts');
      code = await showCommand(run, options, shell);
    });

  program
    .command('compare')
    .description('say what changed from one kept run to another, case by case, and whether it is more than luck')
    .argument('<before>', 'the earlier run: its id, or the beginning of it')
    .argument('[after]', 'the later run', 'latest')
    .addOption(new Option('--verdict <word>', 'end with 1 unless every variant is so').choices(WANTED_VERDICTS))
    .option('--json', 'as JSON')
    .option('--markdown', 'as Markdown, with the answers of cases that broke')
    .option('--html <file>', 'write a page that works offline, with every case; - for stdout')
    .addOption(workspaceOption())
    .action(async (before, after, options) => {
      const { compareCommand } = await import('./commands/compare.ts');
      code = await compareCommand(before, after, options, shell);
    });

  program
    .command('rescore')
    .description('score the answers of a run again, by what its suite says now; no model is asked for an answer')
    .argument('<run>', 'its id, the beginning of it, or "latest"')
    .option('--suite <file>', 'by the metrics of another suite')
    .addOption(new Option('--reporter <name>', 'how to report').choices(REPORTERS).default('table'))
    .option('--out <file>', 'write the report there instead of stdout')
    .option('--no-cache', 'ask judges again for verdicts that are kept')
    .addOption(workspaceOption())
    .action(async (run, options) => {
      const { rescoreCommand } = await import('./commands/rescore.ts');
      code = await rescoreCommand(run, options, shell);
    });

  program
    .command('baseline')
    .description('make the figures of a run the committed baseline of its suite')
    .argument('<run>', 'its id, the beginning of it, or "latest"')
    .option('--out <file>', 'instead of <suite>.baseline.json; - for stdout')
    .addOption(workspaceOption())
    .action(async (run, options) => {
      const { baselineCommand } = await import('./commands/baseline.ts');
      code = await baselineCommand(run, options, shell);
    });

  program
    .command('export')
    .description('write the samples of a run as lines of JSON')
    .argument('<run>', 'its id, the beginning of it, or "latest"')
    .option('--recording', 'as a recording that replay/<name> plays back')
    .option('--out <file>', 'write there instead of stdout')
    .addOption(workspaceOption())
    .action(async (run, options) => {
      const { exportCommand } = await import('./commands/export.ts');
      code = await exportCommand(run, options, shell);
    });

  const ratings = program
    .command('ratings')
    .enablePositionalOptions()
    .description('count what people rated, or exchange it as a file')
    .argument('[suite]', 'only of the answers that this suite got')
    .option('--json', 'as a JSON list')
    .addOption(workspaceOption())
    .action(async (suite, options) => {
      const { ratingsCommand } = await import('./commands/ratings.ts');
      code = await ratingsCommand(suite, options, shell);
    });
  ratings
    .command('export')
    .description('write ratings as lines of JSON, sorted so that git merges them')
    .argument('[suite]', 'only of the answers that this suite got')
    .option('--out <file>', 'add to this file instead of writing to stdout')
    .addOption(workspaceOption())
    .action(async (suite, options) => {
      const { ratingsExportCommand } = await import('./commands/ratings.ts');
      code = await ratingsExportCommand(suite, options, shell);
    });
  ratings
    .command('import')
    .description('take over ratings of other people, each once')
    .argument('<file...>', 'files that ratings export wrote, also merged ones')
    .addOption(workspaceOption())
    .action(async (files, options) => {
      const { ratingsImportCommand } = await import('./commands/ratings.ts');
      code = await ratingsImportCommand(files, options, shell);
    });

  const judges = program
    .command('judges')
    .description('how far judges agree with people, and the prompts that they are asked with');
  judges
    .command('report')
    .description('hold the judges of a run against what people rated; ends with 1 when one is below its bar')
    .argument('[run]', 'its id, or the beginning of it', 'latest')
    .option('--json', 'as a JSON list')
    .addOption(workspaceOption())
    .action(async (run, options) => {
      const { judgesReportCommand } = await import('./commands/judgesReport.ts');
      code = await judgesReportCommand(run, options, shell);
    });
  judges
    .command('list')
    .description('list the kinds whose prompt can be copied')
    .action(async () => {
      const { judgesListCommand } = await import('./commands/judges.ts');
      code = judgesListCommand(shell);
    });
  judges
    .command('copy')
    .description("write the judge's prompt of a kind into a folder, to change it there")
    .argument('<kind>', 'as touchstone judges list names it')
    .argument('[folder]', 'by default this one')
    .action(async (kind, folder) => {
      const { judgesCopyCommand } = await import('./commands/judges.ts');
      code = judgesCopyCommand(kind, folder, shell);
    });

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

function caseOption(): Option {
  return new Option('--case <id>', 'fill it with this case of its dataset (default: the first)');
}
function varsOption(): Option {
  return new Option('--vars <file>', 'fill it with the variables of a JSON or YAML file');
}
function dataOption(): Option {
  return new Option('--data <file>', 'look for the case in this suite or dataset');
}
function workspaceOption(): Option {
  return new Option('--workspace <folder>', 'whose history (default: that of this folder)');
}
