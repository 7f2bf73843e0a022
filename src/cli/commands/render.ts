import { OPENAI_DIALECT, toChatRequest } from '../../engine/model/chatRequest.ts';
import { hasErrors } from '../../engine/problem.ts';
import { messageText } from '../../engine/prompt/message.ts';
import { renderPrompt } from '../../engine/prompt/renderPrompt.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { plainText } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { printProblems, refuse } from '../tellUser.ts';
import { type CaseOptions, loadPromptCase } from './promptCase.ts';

/** `touchstone render`: the messages of a prompt for one case, as text or as they go over the wire; no model is asked. */
export async function renderCommand(
  prompt: string,
  options: CaseOptions & { readonly json?: boolean },
  shell: Shell,
): Promise<ExitCode> {
  const { closure, testCase, problems: found } = await loadPromptCase(prompt, options, shell);
  if (hasErrors(found)) return refuse(shell, found);
  const { messages, problems } = renderPrompt(closure, { vars: testCase.vars, history: testCase.history });
  const all = [...found, ...problems];
  if (hasErrors(all)) return refuse(shell, all);
  printProblems(shell, all);

  if (options.json) {
    const { config, output, toolDefinitions: tools } = closure.document.metadata;
    // Which model it is changes nothing of the messages.
    const model = { provider: 'openai', name: 'any' };
    const request = { model, messages, params: config, tools, output, testCase, repeat: 0 };
    shell.stdout.write(`${JSON.stringify(toChatRequest(request, OPENAI_DIALECT, false)['messages'], null, 2)}\n`);
    return EXIT.ok;
  }
  const { colors } = shell.stdout;
  for (const [at, message] of messages.entries()) {
    const pictures = message.content.filter((part) => 'media' in part).length;
    const note = pictures > 0 ? ` (and ${pictures} media)` : '';
    const body = plainText(messageText(message)).replace(/\n*$/, '\n');
    shell.stdout.write(`${at > 0 ? '\n' : ''}${colors.bold(message.role)}${colors.dim(note)}\n${body}`);
  }
  return EXIT.ok;
}
