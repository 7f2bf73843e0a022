import { Argument, type Command } from 'commander';
import { collect, collectParam, parseCount } from '../options.ts';
import type { CommandPorts } from './commandPorts.ts';
import { caseOption, dataOption, varsOption } from './sharedOptions.ts';

/** Commands about prompts and the models that they ask. Each loads its code when it is called. */
export function addPrompting(program: Command, { shell, end }: CommandPorts): void {
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
      const { runCommand } = await import('../commands/run.ts');
      end(await runCommand(prompt, options, shell));
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
      const { renderCommand } = await import('../commands/render.ts');
      end(await renderCommand(prompt, options, shell));
    });

  program
    .command('convert')
    .description('write a prompt of another format as a .prompt file, and say what is lost')
    .argument('<prompt>', 'a prompt file: .prompty, .prompt.yml, .chat.json, .jinja2, .md or .txt')
    .option('--out <file>', 'instead of a .prompt file beside it; - for stdout')
    .action(async (prompt, options) => {
      const { convertCommand } = await import('../commands/convert.ts');
      end(await convertCommand(prompt, options, shell));
    });

  program
    .command('versions')
    .description('list the versions of a prompt, from git and the history, with what each scored')
    .argument('<prompt>', 'a prompt file')
    .option('--blame', 'each line of it with the commit that it came with, and the score before and after')
    .option('--limit <n>', 'at most n commits (default: 30)', parseCount)
    .option('--json', 'as a JSON list')
    .action(async (prompt, options) => {
      const { versionsCommand } = await import('../commands/versions.ts');
      end(await versionsCommand(prompt, options, shell));
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
        const { initCiCommand } = await import('../commands/initCi.ts');
        end(await initCiCommand(name ?? 'github', shell));
        return;
      }
      if (name === undefined) program.error("error: missing required argument 'name'");
      const { initMetricCommand } = await import('../commands/initMetric.ts');
      end(await initMetricCommand(name, shell));
    });

  program
    .command('models')
    .description('list what can be asked from here, and whether it answers')
    .argument('[model...]', 'only these: provider/name')
    .option('--test', 'ask each provider for its models, and each model that is named for one word')
    .option('--json', 'as a JSON list')
    .action(async (models, options) => {
      const { modelsCommand } = await import('../commands/models.ts');
      end(await modelsCommand(models, options, shell));
    });
}
