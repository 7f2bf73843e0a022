import type { Command } from 'commander';
import type { CommandPorts } from './commandPorts.ts';
import { workspaceOption } from './sharedOptions.ts';

/** Commands about what people and judges say. Each loads its code when it is called. */
export function addJudging(program: Command, { shell, end }: CommandPorts): void {
  const ratings = program
    .command('ratings')
    .enablePositionalOptions()
    .description('count what people rated, or exchange it as a file')
    .argument('[suite]', 'only of the answers that this suite got')
    .option('--json', 'as a JSON list')
    .addOption(workspaceOption())
    .action(async (suite, options) => {
      const { ratingsCommand } = await import('../commands/ratings.ts');
      end(await ratingsCommand(suite, options, shell));
    });
  ratings
    .command('export')
    .description('write ratings as lines of JSON, sorted so that git merges them')
    .argument('[suite]', 'only of the answers that this suite got')
    .option('--out <file>', 'add to this file instead of writing to stdout')
    .addOption(workspaceOption())
    .action(async (suite, options) => {
      const { ratingsExportCommand } = await import('../commands/ratings.ts');
      end(await ratingsExportCommand(suite, options, shell));
    });
  ratings
    .command('import')
    .description('take over ratings of other people, each once')
    .argument('<file...>', 'files that ratings export wrote, also merged ones')
    .addOption(workspaceOption())
    .action(async (files, options) => {
      const { ratingsImportCommand } = await import('../commands/ratings.ts');
      end(await ratingsImportCommand(files, options, shell));
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
      const { judgesReportCommand } = await import('../commands/judgesReport.ts');
      end(await judgesReportCommand(run, options, shell));
    });
  judges
    .command('list')
    .description('list the kinds whose prompt can be copied')
    .action(async () => {
      const { judgesListCommand } = await import('../commands/judges.ts');
      end(judgesListCommand(shell));
    });
  judges
    .command('copy')
    .description("write the judge's prompt of a kind into a folder, to change it there")
    .argument('<kind>', 'as touchstone judges list names it')
    .argument('[folder]', 'by default this one')
    .action(async (kind, folder) => {
      const { judgesCopyCommand } = await import('../commands/judges.ts');
      end(judgesCopyCommand(kind, folder, shell));
    });
}
