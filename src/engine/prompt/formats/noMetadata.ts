import type { PromptMetadata } from '../promptDocument.ts';

/** Of a file that says nothing of itself. */
export const NO_METADATA: PromptMetadata = {
  config: {},
  input: { default: {} },
  output: {},
  tools: [],
  toolDefinitions: [],
  extensions: {},
  raw: {},
};
