import { checkTemplate, type TemplateUse } from './checkTemplate.ts';
import { checkJinja } from './jinja/checkJinja.ts';
import type { JinjaTree } from './jinja/jinjaTree.ts';
import { checkMessages, type MessageTemplate } from './messages/messageTemplate.ts';
import type { TemplateProgram } from './template.ts';

/**
 * How the text of a template is cut into messages: `user` makes one message of all of it; Prompty cuts at lines such as
 * `system:`, its first version removing all white space around messages and its second only line breaks.
 */
export type TurnRule = 'user' | 'prompty-1' | 'prompty-2';

/** Inputs that are no text: earlier turns, and pictures, sound or files given by URL. */
export type RichKind = 'thread' | 'media';

/** A template that was read, by its language. */
export type PromptProgram =
  | {
      readonly language: 'handlebars';
      readonly tree: TemplateProgram;
      /** For Mustache, as Prompty takes it; a dotprompt template makes its own turns. */
      readonly turns?: TurnRule;
    }
  | {
      readonly language: 'jinja';
      readonly tree: JinjaTree;
      readonly turns: TurnRule;
      readonly rich: ReadonlyMap<string, RichKind>;
    }
  | { readonly language: 'messages'; readonly messages: readonly MessageTemplate[] };

export type ProgramLanguage = PromptProgram['language'];

/** What a template reads and what is wrong with it, whatever its language. Spans are offsets in the template. */
export function templateUse(program: PromptProgram): TemplateUse {
  switch (program.language) {
    case 'handlebars':
      return checkTemplate(program.tree);
    case 'jinja':
      return checkJinja(program.tree);
    case 'messages':
      return checkMessages(program.messages);
  }
}
