import type { JsonObject } from '../json.ts';
import { hasErrors, LineIndex, type Problem } from '../problem.ts';
import { placeDraft } from './draft.ts';
import { RenderFailure } from './evaluate.ts';
import { cutTurns } from './formats/promptyTurns.ts';
import { threadMessages } from './formats/threadMessages.ts';
import { interpret } from './interpret.ts';
import { interpretJinja } from './jinja/interpretJinja.ts';
import type { Message } from './message.ts';
import { renderMessages } from './messages/renderMessages.ts';
import type { PromptProgram } from './program.ts';
import type { PromptClosure, PromptDocument, RenderInput } from './promptDocument.ts';
import { type Definition, rootScope } from './scope.ts';
import { type TextSource, textSources } from './textSources.ts';
import { placeHistory, type TracedMessage, toMessages } from './toMessages.ts';

/**
 * The messages of a prompt with these values. `input.default` stands in for what is not given.
 *
 * @returns no messages when there is an error-level problem, of the files or of the values; never throws
 */
export function renderPrompt(
  closure: PromptClosure,
  input: RenderInput,
): { readonly messages: readonly Message[]; readonly problems: readonly Problem[] } {
  const { traced, problems } = render(closure, input);
  return { messages: traced.map(({ message }) => message), problems };
}

/** As `renderPrompt`, with the place in the files where every stretch of text comes from. */
export function tracePrompt(
  closure: PromptClosure,
  input: RenderInput,
): {
  readonly messages: readonly Message[];
  /** By message, by part: null for parts that are no text, and for earlier turns. */
  readonly sources: readonly (readonly (readonly TextSource[] | null)[])[];
  readonly problems: readonly Problem[];
} {
  const { traced, problems } = render(closure, input);
  return { messages: traced.map(({ message }) => message), sources: textSources(traced), problems };
}

function render(
  closure: PromptClosure,
  input: RenderInput,
): { readonly traced: readonly TracedMessage[]; readonly problems: readonly Problem[] } {
  const { document } = closure;
  if (hasErrors(closure.problems) || document.program === null) return { traced: [], problems: closure.problems };
  const vars: JsonObject = { ...document.metadata.input.default, ...input.vars };
  try {
    return { traced: renderProgram(document.program, closure, vars, input), problems: closure.problems };
  } catch (error) {
    return { traced: [], problems: [...closure.problems, problemOf(error, document)] };
  }
}

function renderProgram(
  program: PromptProgram,
  closure: PromptClosure,
  vars: JsonObject,
  { context, history }: RenderInput,
): readonly TracedMessage[] {
  const { document } = closure;
  switch (program.language) {
    case 'handlebars': {
      const { tree, turns } = program;
      const scope = rootScope(vars, context ?? {}, document, definitionsOf(closure));
      const pieces = interpret(tree, turns === undefined ? scope : { ...scope, walksUp: true });
      return toMessages(turns === undefined || turns === 'user' ? pieces : cutTurns(pieces, turns), history);
    }
    case 'jinja': {
      const pieces = interpretJinja(program.tree, { vars, document, files: closure.partials, rich: program.rich });
      if (program.turns === 'user') return toMessages(pieces, history);
      const threads = [...program.rich].filter(([, kind]) => kind === 'thread').map(([name]) => name);
      const earlier = history ?? threads.flatMap((name) => threadMessages(vars[name]));
      return toMessages(cutTurns(pieces, program.turns), earlier);
    }
    case 'messages':
      return placeHistory(renderMessages(program.messages, vars, document), history ?? []);
  }
}

function definitionsOf(closure: PromptClosure): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const [name, document] of closure.partials) {
    if (document.program?.language === 'handlebars')
      definitions.set(name, { program: document.program.tree, document, closure: null });
  }
  return definitions;
}

function problemOf(error: unknown, main: PromptDocument): Problem {
  if (error instanceof RenderFailure) {
    const { code, message, remedy, span } = error;
    const document = error.document ?? main;
    const base = document.templateRange.start.offset;
    const draft = { severity: 'error', code, message, remedy, span } as const;
    return placeDraft(draft, document.path, new LineIndex(document.text), base);
  }
  // Values nested so deeply that no stack holds their walk.
  const message = `The prompt cannot be rendered with these values: ${error instanceof Error ? error.message : error}.`;
  const remedy = 'Give values that are nested less deeply.';
  return { severity: 'error', code: 'render-failed', message, remedy, file: main.path, range: main.templateRange };
}
