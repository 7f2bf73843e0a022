import { parsePrompt } from '../parsePrompt.ts';
import type { PromptDocument } from '../promptDocument.ts';
import { toDocument } from '../toDocument.ts';
import { detectFormat } from './detectFormat.ts';
import { NO_METADATA } from './noMetadata.ts';
import { parseChatMessages } from './parseChatMessages.ts';
import { parseGithubModels } from './parseGithubModels.ts';
import { parseJinjaFile } from './parseJinjaFile.ts';
import { parsePlainText } from './parsePlainText.ts';
import { parsePrompty } from './parsePrompty.ts';
import type { FileContents } from './promptyFrontMatter.ts';

/**
 * Reads a prompt of any format; never throws. A file of another tool is a document with an error and nothing else.
 *
 * @param files what the files that the prompt names hold, by those names; null before they have been read: a document that
 * names some (`files`) is then read a second time
 */
export function readPrompt(text: string, path: string, files: FileContents | null = null): PromptDocument {
  const format = detectFormat(path, text);
  switch (format) {
    case 'dotprompt':
      return parsePrompt(text, path);
    case 'prompty':
      return parsePrompty(text, path, files);
    case 'github-models':
      return parseGithubModels(text, path);
    case 'chat':
      return parseChatMessages(text, path);
    case 'jinja':
      return parseJinjaFile(text, path);
    case 'text':
      return parsePlainText(text, path);
    case null:
      return foreignFile(text, path);
  }
}

function foreignFile(text: string, path: string): PromptDocument {
  const message = 'This .prompt file is written for another tool: it is neither read nor changed.';
  const remedy = 'Give it front matter with model, config, input or output to make it a dotprompt file.';
  const end = /[\r\n]|$/.exec(text)?.index ?? 0;
  const problem = { severity: 'error', code: 'foreign-prompt', message, remedy, span: [0, end] as const } as const;
  const problems = [problem];
  return toDocument({
    path,
    text,
    format: 'text',
    metadata: NO_METADATA,
    body: [0, text.length],
    program: null,
    problems,
  });
}
