import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ProviderOffer } from '../../protocol/models.ts';
import type { RemoteWorker } from '../workerClient.ts';
import { connectProvider } from './connectModel.ts';
import { type LocalServer, type ModelItem, modelItems } from './modelItems.ts';
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

/** `Touchstone: Select Model`. Local servers are asked only now that the user wants to know. */
export async function selectModel(ports: ModelPorts): Promise<void> {
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly item: ModelItem }>();
  picker.title = 'Select Model';
  picker.placeholder = 'Who answers this prompt?';
  picker.matchOnDescription = true;
  picker.busy = true;
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
    picker.items = modelItems(editor, [], offers).map(toLine);
    const local = await Promise.all(offers.local.map((offer) => askLocal(offer, ports)));
    const answering = local.filter((server) => server !== null);
    picker.items = modelItems(editor, answering, offers).map(toLine);
    picker.busy = false;
    const item = await chosen;
    if (!item || item.heading) return;
    await follow(item.choice, ports);
  } finally {
    picker.dispose();
  }
}

async function follow(choice: (ModelItem & { readonly heading: false })['choice'], ports: ModelPorts): Promise<void> {
  switch (choice.kind) {
    case 'model':
      return writeModel(ports.promptPath, choice.model);
    case 'connect':
      return connectProvider(ports);
    case 'provider': {
      const { provider, model } = choice.offer;
      const name = await pickName(ports, provider, model);
      return name === undefined ? undefined : writeModel(ports.promptPath, `${provider}/${name}`);
    }
  }
}

async function askLocal(offer: ProviderOffer, { worker, place }: ModelPorts): Promise<LocalServer | null> {
  const answer = await worker().testProvider(randomUUID(), place, offer.provider, LOCAL_PATIENCE_MS);
  return answer.ok && answer.models && answer.models.length > 0 ? { offer, models: answer.models } : null;
}

function toLine(item: ModelItem): vscode.QuickPickItem & { readonly item: ModelItem } {
  const { label, description } = item;
  return item.heading
    ? { label, kind: vscode.QuickPickItemKind.Separator, item }
    : { label, ...(description === undefined ? {} : { description }), item };
}
