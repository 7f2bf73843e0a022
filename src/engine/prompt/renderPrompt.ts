import type { JsonObject } from '../json.ts';
import { hasErrors, LineIndex, type Problem } from '../problem.ts';
import { placeDraft } from './draft.ts';
import { RenderFailure } from './evaluate.ts';
import { interpret, type Piece } from './interpret.ts';
import type { Message } from './message.ts';
import type { PromptClosure, PromptDocument, RenderInput } from './promptDocument.ts';
import { type Definition, rootScope } from './scope.ts';
import { type TextSource, textSources } from './textSources.ts';
import { type TracedMessage, toMessages } from './toMessages.ts';

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
    const scope = rootScope(vars, input.context ?? {}, document, definitionsOf(closure));
    const pieces: readonly Piece[] = interpret(document.program, scope);
    return { traced: toMessages(pieces, input.history), problems: closure.problems };
  } catch (error) {
    return { traced: [], problems: [...closure.problems, problemOf(error, document)] };
  }
}

function definitionsOf(closure: PromptClosure): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const [name, document] of closure.partials) {
    if (document.program !== null) definitions.set(name, { program: document.program, document, closure: null });
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
