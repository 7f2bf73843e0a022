import * as vscode from 'vscode';
import { connectProvider } from '../models/connectModel.ts';
import { type ModelPorts, pickModel } from '../models/selectModel.ts';
import { formatParams, parseParams } from './paramsText.ts';
import type { LaneQuestions } from './playgroundAnswers.ts';

/** Asks in the editor's own quick input what a lane is to be. */
export function laneQuestions(ports: Pick<ModelPorts, 'secrets' | 'worker'>): LaneQuestions {
  return {
    async askModel(path) {
      const model = { ...ports, place: path, promptPath: null };
      const choice = await pickModel(
        model,
        'Model of the lane',
        'Who answers beside the others? Or type provider/name',
      );
      if (choice?.kind === 'connect') await connectProvider(model);
      return choice?.kind === 'model' ? choice.model : null;
    },
    async askParams(current) {
      const typed = await vscode.window.showInputBox({
        title: 'Parameters of the lane, over those of the prompt',
        prompt: 'e.g. temperature: 0.7, max_tokens: 200',
        value: formatParams(current),
        validateInput: (text) =>
          parseParams(text) === null ? 'Write names and values: temperature: 0.7, max_tokens: 200' : undefined,
      });
      return typed === undefined ? null : parseParams(typed);
    },
  };
}
