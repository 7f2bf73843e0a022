import { TouchstoneError } from '../../engine/error.ts';
import { shortHash } from '../../engine/hash.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { Judge, JudgeQuestion } from '../../engine/judge/judge.ts';
import {
  formatModelRef,
  type ModelClient,
  ModelError,
  type ModelRef,
  type ModelResponse,
} from '../../engine/model/modelClient.ts';
import type { Message } from '../../engine/prompt/message.ts';
import { renderPrompt } from '../../engine/prompt/renderPrompt.ts';
import { type CostOf, openPrices } from '../model/prices.ts';
import type { TouchstoneConfig } from '../workspace/touchstoneConfig.ts';
import type { JudgePrompt } from './judgePrompts.ts';

export type ModelJudge = {
  readonly model: ModelRef;
  readonly weight: number;
  readonly prompt: JudgePrompt;
  readonly params: JsonObject;
  readonly resolve: (model: ModelRef) => Promise<ModelClient | ModelError>;
  readonly config: TouchstoneConfig | null;
};

/** A model of the workspace as a judge. It is resolved, and its price looked up, when it is first asked. */
export function modelJudge({ model, weight, prompt, params, resolve, config }: ModelJudge): Judge {
  let client: Promise<ModelClient | ModelError> | undefined;
  let prices: Promise<CostOf> | undefined;
  const { metadata } = prompt.closure.document;
  const costOf = async (response: ModelResponse): Promise<number | null> => {
    // What is replayed was paid for when it was recorded.
    if (model.provider === 'replay') return 0;
    if (response.costUsd !== null || config === null) return response.costUsd;
    prices ??= openPrices([model], config);
    return (await prices)(model, response.usage);
  };
  return {
    name: formatModelRef(model),
    weight,
    signature: { model: formatModelRef(model), params, prompt: shortHash(prompt.version), weight },
    ask: async (question) => {
      const messages = messagesFor(prompt, question);
      client ??= resolve(model);
      const found = await client;
      if (found instanceof ModelError) throw found;
      const { testCase, signal } = question;
      const request = { model, messages, params, tools: [], output: metadata.output, testCase, repeat: 0 };
      const response = await found.generate(request, { signal });
      return { text: response.output, rawResponse: response.rawResponse, costUsd: await costOf(response) };
    },
  };
}

function messagesFor({ closure }: JudgePrompt, { vars, again }: JudgeQuestion): readonly Message[] {
  const { messages, problems } = renderPrompt(closure, { vars });
  const wrong = problems.find(({ severity }) => severity === 'error');
  if (wrong) throw new TouchstoneError('invalid-argument', `its prompt cannot be filled: ${wrong.message}`);
  if (again === undefined) return messages;
  // An empty turn of the model is refused by some providers.
  const answer: Message[] = again.answer.trim() === '' ? [] : [{ role: 'model', content: [{ text: again.answer }] }];
  return [...messages, ...answer, { role: 'user', content: [{ text: again.reminder }] }];
}
