import type { ModelRequest, ModelResponse } from '../../engine/model/modelClient.ts';
import type { EditorModels } from './editorClient.ts';
import type { Environment } from './environment.ts';

/** A key from a front end's safe; null when it has none. */
export type Secret = (provider: string) => Promise<string | null>;

/** What a front end lends so that models can be reached. */
export type ModelAccess = {
  /** The environment is asked where it has no key. */
  readonly secret?: Secret;
  /** The models of the editor itself; the command line has none. */
  readonly editor?: EditorModels;
  /** Every model answers from the recording of this name beside the suite, and none is asked. */
  readonly recorded?: string;
  /** Hears what models answer, judges included, also where their answer was kept. */
  readonly onAnswer?: (request: ModelRequest, response: ModelResponse) => void;
  /** By default that of the process. */
  readonly env?: Environment;
};
