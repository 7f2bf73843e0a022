import { type Command, Option } from 'commander';
import { WANTED_VERDICTS } from '../../engine/compare/verdict.ts';
import { collect, parseCount } from '../options.ts';
import type { CommandPorts } from './commandPorts.ts';
import { workspaceOption } from './sharedOptions.ts';

/** Commands about runs that were kept. Each loads its code when it is called. */
export function addLookingBack(program: Command, { shell, end }: CommandPorts): void {
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
      const { historyCommand } = await import('../commands/history.ts');
      end(await historyCommand(file, options, shell));
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
      const { historyMarkCommand } = await import('../commands/runMarks.ts');
      end(await historyMarkCommand(runs, options, shell));
    });
  history
    .command('delete')
    .description('delete runs for good, with their answers and scores; ratings stay')
    .argument('<run...>', 'ids, beginnings of them, or names')
    .addOption(workspaceOption())
    .action(async (runs, options) => {
      const { historyDeleteCommand } = await import('../commands/runMarks.ts');
      end(await historyDeleteCommand(runs, options, shell));
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
      const { showCommand } = await import('../commands/show.ts');
      end(await showCommand(run, options, shell));
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
      const { compareCommand } = await import('../commands/compare.ts');
      end(await compareCommand(before, after, options, shell));
    });

  program
    .command('baseline')
    .description('make the figures of a run the committed baseline of its suite')
    .argument('<run>', 'its id, the beginning of it, or "latest"')
    .option('--out <file>', 'instead of <suite>.baseline.json; - for stdout')
    .addOption(workspaceOption())
    .action(async (run, options) => {
      const { baselineCommand } = await import('../commands/baseline.ts');
      end(await baselineCommand(run, options, shell));
    });

  program
    .command('export')
    .description('write the samples of a run as lines of JSON')
    .argument('<run>', 'its id, the beginning of it, or "latest"')
    .option('--recording', 'as a recording that replay/<name> plays back')
    .option('--out <file>', 'write there instead of stdout')
    .addOption(workspaceOption())
    .action(async (run, options) => {
      const { exportCommand } = await import('../commands/export.ts');
      end(await exportCommand(run, options, shell));
    });
}
