import * as vscode from 'vscode';
import { baseName, fileKind } from './fileKind.ts';
import { localModels } from './localModels.ts';
import { setModelEdit } from './modelText.ts';
import { PROVIDERS, type ProviderChoice, secretName } from './providers.ts';

/**
 * Asks for a provider, its key where it needs one, and a model; puts the model into the prompt. The key goes into the secret
 * storage and nowhere else.
 */
export async function connectModel(secrets: vscode.SecretStorage, promptPath: string | null): Promise<void> {
  const provider = await pickProvider();
  if (!provider) return;
  if (provider.keysAt !== null && !(await askKey(secrets, provider))) return;
  const model = await askModel(provider);
  if (!model) return;
  const name = `${provider.id}/${model}`;
  if (promptPath === null || fileKind(promptPath) !== 'prompt') {
    const words = `${provider.label} is connected. Write "model: ${name}" into the front matter of a prompt to use it.`;
    void vscode.window.showInformationMessage(words);
    return;
  }
  await writeModel(promptPath, name);
}

/** The key that the user gave for a provider; null when there is none. */
export async function storedKey(secrets: vscode.SecretStorage, provider: string): Promise<string | null> {
  return (await secrets.get(secretName(provider))) ?? null;
}

async function pickProvider(): Promise<ProviderChoice | undefined> {
  const items = PROVIDERS.map((provider) => ({
    label: provider.label,
    description: provider.keysAt === null ? 'on this machine' : 'needs a key',
    provider,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Connect a Model (1/3)',
    placeHolder: 'Who answers? Other servers can be named in touchstone.yaml',
  });
  return picked?.provider;
}

/** @returns false when the user turned back */
async function askKey(secrets: vscode.SecretStorage, provider: ProviderChoice): Promise<boolean> {
  const known = await secrets.get(secretName(provider.id));
  const key = await vscode.window.showInputBox({
    title: `Connect a Model (2/3): key for ${provider.label}`,
    prompt:
      known === undefined ? `Made at ${provider.keysAt}` : 'A key is stored already. Leave this empty to keep it.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' && known === undefined ? 'Paste the key.' : undefined),
  });
  if (key === undefined) return false;
  if (key.trim() !== '') await secrets.store(secretName(provider.id), key.trim());
  return true;
}

async function askModel(provider: ProviderChoice): Promise<string | undefined> {
  const title = 'Connect a Model (3/3)';
  const found = provider.localUrl === undefined ? [] : await localModels(provider.localUrl);
  if (found.length > 0) return vscode.window.showQuickPick(found, { title, placeHolder: 'Which model?' });
  const model = await vscode.window.showInputBox({
    title,
    prompt:
      provider.localUrl === undefined
        ? `Name of the model at ${provider.label}`
        : `No server answers at ${provider.localUrl}. Start it, or name the model that it will have.`,
    value: provider.model,
    validateInput: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'Give the name as the provider writes it.'),
  });
  return model?.trim();
}

/** In the buffer, not on the disk: the user sees the change and may undo it. */
async function writeModel(promptPath: string, model: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(promptPath));
  const { start, end, text } = setModelEdit(document.getText(), model);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  await vscode.workspace.applyEdit(edit);
  vscode.window.setStatusBarMessage(`$(check) ${baseName(promptPath)} now asks ${model}`, 5000);
}
