import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { parseModelRef } from '../../engine/model/modelClient.ts';
import type { ProviderOffer } from '../../protocol/models.ts';
import type { RemoteWorker } from '../workerClient.ts';
import { connectProvider } from './connectModel.ts';
import { type LocalServer, type ModelChoice, type ModelItem, modelItems } from './modelItems.ts';
import { pickName } from './pickName.ts';
import { writeModel } from './writeModel.ts';

/** A server that is there answers at once; one that is not must not keep the picker waiting. */
const LOCAL_PATIENCE_MS = 1500;

export type ModelPorts = {
  readonly secrets: vscode.SecretStorage;
  readonly worker: () => RemoteWorker;
  /** What the choice is for: a prompt's path, or a folder when there is none. */
  readonly place: string;
  readonly promptPath: string | null;
};

/** `Touchstone: Select Model`. */
export async function selectModel(ports: ModelPorts): Promise<void> {
  const choice = await pickModel(ports, 'Select Model', 'Who answers this prompt?');
  if (choice?.kind === 'connect') return connectProvider(ports);
  if (choice) return writeModel(ports.promptPath, choice.model);
}

/**
 * Asks for a model. One that is not in the list can be typed. Local servers are asked only now that the user wants to know.
 *
 * @returns undefined when the user turned back
 */
export async function pickModel(
  ports: ModelPorts,
  title: string,
  placeholder: string,
): Promise<Exclude<ModelChoice, { readonly kind: 'provider' }> | undefined> {
  const picker = vscode.window.createQuickPick<Line>();
  picker.title = title;
  picker.placeholder = placeholder;
  picker.matchOnDescription = true;
  picker.busy = true;
  let known: readonly Line[] = [];
  const show = () => {
    picker.items = [...typedLine(picker.value, known), ...known];
  };
  picker.onDidChangeValue(show);
  const chosen = new Promise<ModelItem | undefined>((resolve) => {
    picker.onDidAccept(() => {
      const [selected] = picker.selectedItems;
      // Enter before anything is listed chooses nothing.
      if (selected) resolve(selected.item);
    });
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  try {
    const [editor, offers] = await Promise.all([
      vscode.lm.selectChatModels({}),
      ports.worker().modelOffers(ports.place),
    ]);
    known = modelItems(editor, [], offers).map(toLine);
    show();
    const local = await Promise.all(offers.local.map((offer) => askLocal(offer, ports)));
    const answering = local.filter((server) => server !== null);
    known = modelItems(editor, answering, offers).map(toLine);
    show();
    picker.busy = false;
    const item = await chosen;
    if (!item || item.heading) return undefined;
    if (item.choice.kind !== 'provider') return item.choice;
    const { provider, model } = item.choice.offer;
    const name = await pickName(ports, provider, model);
    return name === undefined ? undefined : { kind: 'model', model: `${provider}/${name}` };
  } finally {
    picker.dispose();
  }
}

type Line = vscode.QuickPickItem & { readonly item: ModelItem };

function typedLine(value: string, known: readonly Line[]): readonly Line[] {
  const model = value.trim();
  const isKnown = known.some(
    ({ item }) => !item.heading && item.choice.kind === 'model' && item.choice.model === model,
  );
  if (parseModelRef(model) === null || isKnown) return [];
  return [toLine({ label: model, heading: false, choice: { kind: 'model', model } })];
}

async function askLocal(offer: ProviderOffer, { worker, place }: ModelPorts): Promise<LocalServer | null> {
  const answer = await worker().testProvider(randomUUID(), place, offer.provider, LOCAL_PATIENCE_MS);
  return answer.ok && answer.models && answer.models.length > 0 ? { offer, models: answer.models } : null;
}

function toLine(item: ModelItem): Line {
  const { label, description } = item;
  return item.heading
    ? { label, kind: vscode.QuickPickItemKind.Separator, item }
    : { label, ...(description === undefined ? {} : { description }), item };
}
