import { type Command, Option } from 'commander';
import { collect, collectParam, collectReport, parseCount, parseUsd } from '../options.ts';
import { REPORTERS } from '../reporterNames.ts';
import type { CommandPorts } from './commandPorts.ts';
import { workspaceOption } from './sharedOptions.ts';

/** Commands that take samples, or score them again. Each loads its code when it is called. */
export function addEvaluating(program: Command, { shell, end }: CommandPorts): void {
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
    .option('--resume', 'go on with the newest run that was cut off and does the same, if there is one')
    .option('--no-history', 'keep nothing')
    .option('--no-cache', 'ask judges again about answers that they have judged before')
    .action(async (suites, options) => {
      const { evalCommand } = await import('../commands/eval.ts');
      end(await evalCommand(suites, options, shell));
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
      const { bisectCommand } = await import('../commands/bisect.ts');
      end(await bisectCommand(suite, options, shell));
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
      const { rescoreCommand } = await import('../commands/rescore.ts');
      end(await rescoreCommand(run, options, shell));
    });
}
