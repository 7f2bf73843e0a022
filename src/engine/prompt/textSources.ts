import { LineIndex, type SourceRange } from '../problem.ts';
import type { TextPiece } from './interpret.ts';
import type { PromptDocument } from './promptDocument.ts';
import type { TracedMessage } from './toMessages.ts';

/** A stretch of a rendered text and the place in a file that it comes from. */
export type TextSource = {
  /** Offsets in the text of its part; equal where a variable has no value. */
  readonly start: number;
  readonly end: number;
  /** Of the prompt or of a partial. */
  readonly file: string;
  /** The text itself where it is copied, the whole tag where a value stands in for it. */
  readonly range: SourceRange;
  /** `text` is copied, so that its n-th character is the n-th of the range; `value` is what the tag came to. */
  readonly kind: 'text' | 'value';
  /** The path that the tag reads, as written: `ticket`, `user.name`; null for helpers and copied text. */
  readonly variable: string | null;
  readonly isMissing: boolean;
};

/** The sources of each text, in order and without gaps but for what an indent adds. By message, by part. */
export function textSources(messages: readonly TracedMessage[]): (readonly TextSource[] | null)[][] {
  const lines = new Map<PromptDocument, LineIndex>();
  const indexOf = (document: PromptDocument): LineIndex => {
    const index = lines.get(document) ?? new LineIndex(document.text);
    lines.set(document, index);
    return index;
  };
  return messages.map(({ pieces }) => pieces.map((part) => part && sourcesOf(part, indexOf)));
}

function sourcesOf(pieces: readonly TextPiece[], indexOf: (document: PromptDocument) => LineIndex): TextSource[] {
  const sources: TextSource[] = [];
  let at = 0;
  for (const { text, origin, skipped, whole } of pieces) {
    const [start, end] = [at, at + text.length];
    at = end;
    const { document, span, kind, variable, isMissing } = origin;
    if (document === null || kind === 'indent') continue;
    const base = document.templateRange.start.offset;
    const copied = kind === 'text' ? copiedFrom(document.template.slice(...span), whole) : null;
    const from = base + span[0] + (copied === null ? 0 : copied + skipped);
    const to = copied === null ? base + span[1] : from + text.length;
    sources.push({
      start,
      end,
      file: document.path,
      range: indexOf(document).range(from, to),
      kind: copied === null ? 'value' : 'text',
      variable,
      isMissing,
    });
  }
  return sources;
}

/** Where the text begins in its source, whose white space around tags was removed; null where an escape makes them differ. */
function copiedFrom(source: string, text: string): number | null {
  const from = source.indexOf(text);
  return from === -1 ? null : from;
}
