import fs from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { ModelError } from '../../engine/model/modelClient.ts';
import type { Workspace } from '../workspace/workspace.ts';

export type Environment = { readonly [name: string]: string | undefined };

/**
 * The environment that keys and addresses are looked up in: the process's own, and below it the `.env` of the workspace's root.
 * An untrusted workspace has no say in it.
 */
export function environmentOf({ root, trusted }: Workspace, own: Environment = process.env): Environment {
  if (!trusted) return own;
  let text: string;
  try {
    text = fs.readFileSync(path.join(root, '.env'), 'utf8');
  } catch {
    // None, or none for us: what it would have given is then told as missing by its name.
    return own;
  }
  const set = Object.entries(own).filter(([, value]) => value !== undefined && value !== '');
  return { ...parseEnv(text), ...Object.fromEntries(set) };
}

/** A text in which `${env:NAME}` stands for variables, with their values put in; and those values, which are to be kept secret. */
type Expanded = {
  readonly text: string;
  readonly secrets: readonly string[];
  readonly missing: readonly string[];
};

export function expandEnvironment(text: string, env: Environment): Expanded {
  const secrets: string[] = [];
  const missing: string[] = [];
  const expanded = text.replace(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g, (_whole, name: string) => {
    const value = env[name];
    if (value) secrets.push(value);
    else missing.push(name);
    return value ?? '';
  });
  return { text: expanded, secrets, missing };
}

/** Headers with their variables put in. Those that hold a variable or look like a key are secret. */
export function expandHeaders(
  headers: { readonly [name: string]: string },
  env: Environment,
  place: string,
): { readonly headers: { readonly [name: string]: string }; readonly secrets: readonly string[] } | ModelError {
  const expanded = Object.entries(headers).map(([name, value]) => ({ name, ...expandEnvironment(value, env) }));
  const missing = expanded.flatMap((header) => header.missing);
  if (missing.length > 0) return missingVariables(missing, place);
  return {
    headers: Object.fromEntries(expanded.map(({ name, text }) => [name, text])),
    secrets: expanded.flatMap(({ name, text, secrets }) =>
      /key|token|auth|secret|cookie/i.test(name) ? [...secrets, text] : secrets,
    ),
  };
}

export function missingVariables(names: readonly string[], place: string): ModelError {
  const [first] = names;
  return new ModelError('missing-key', `The environment variable ${first}, which ${place} names, is not set.`, {
    remedy: `Set ${names.join(' and ')} in the environment or in .env beside touchstone.yaml.`,
  });
}
