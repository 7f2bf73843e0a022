import * as vscode from 'vscode';
import { KNOWN, type KnownProvider } from '../../node/model/knownProviders.ts';
import { pickName } from './pickName.ts';
import type { ModelPorts } from './selectModel.ts';
import { testAndTell } from './testConnection.ts';
import { writeModel } from './writeModel.ts';

/** The providers that can be connected by a click, in the order in which they are offered. */
const CONNECTABLE = Object.entries(KNOWN).filter(([, { alias }]) => !alias);

/**
 * Asks for a provider, its key where it needs one, and a model; puts the model into the prompt and tries it. The key goes into the
 * secret storage and nowhere else.
 */
export async function connectProvider(ports: ModelPorts): Promise<void> {
  const picked = await pickProvider();
  if (!picked) return;
  const { id, provider } = picked;
  if (provider.keyEnv.length > 0 && !(await askKey(ports.secrets, id, provider))) return;
  const name = await pickName(ports, id, provider.model);
  if (!name) return;
  const model = `${id}/${name}`;
  await writeModel(ports.promptPath, model);
  await testAndTell(ports, model);
}

/** The key that the user gave for a provider; null when there is none. */
export async function storedKey(secrets: vscode.SecretStorage, provider: string): Promise<string | null> {
  return (await secrets.get(secretName(provider))) ?? null;
}

/** All keys that the user gave, by the environment variables that the command line reads them from. */
export async function storedKeys(secrets: vscode.SecretStorage): Promise<{ readonly [variable: string]: string }> {
  const keys: { [variable: string]: string } = {};
  for (const [id, { keyEnv }] of CONNECTABLE) {
    const [variable] = keyEnv;
    const key = await storedKey(secrets, id);
    if (variable !== undefined && key !== null) keys[variable] = key;
  }
  return keys;
}

async function pickProvider(): Promise<{ readonly id: string; readonly provider: KnownProvider } | undefined> {
  const items = CONNECTABLE.map(([id, provider]) => ({
    label: provider.label,
    description: provider.keyEnv.length === 0 ? 'on this machine' : 'needs a key',
    id,
    provider,
  }));
  return vscode.window.showQuickPick(items, {
    title: 'Connect a Model',
    placeHolder: 'Who answers? Other servers can be named in touchstone.yaml',
  });
}

/** @returns false when the user turned back */
async function askKey(secrets: vscode.SecretStorage, id: string, { label, keysAt }: KnownProvider): Promise<boolean> {
  const known = await secrets.get(secretName(id));
  const key = await vscode.window.showInputBox({
    title: `Connect a Model: key for ${label}`,
    prompt: known === undefined ? `Made at ${keysAt}` : 'A key is stored already. Leave this empty to keep it.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' && known === undefined ? 'Paste the key.' : undefined),
  });
  if (key === undefined) return false;
  if (key.trim() !== '') await secrets.store(secretName(id), key.trim());
  return true;
}

/** Where a provider's key is kept in the editor's secret storage. */
function secretName(provider: string): string {
  return `touchstone.key.${provider}`;
}
