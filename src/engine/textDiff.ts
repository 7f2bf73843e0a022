import { diffArrays } from 'diff';

export type DiffPart = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

/** Beyond these a diff would hold up the view and say nothing to a reader. */
const MAX_CHARACTERS = 60_000;
const MAX_EDITS = 4_000;

/**
 * What changed from `expected` to `output`, word by word. Words come from Intl.Segmenter, which knows scripts without spaces.
 * `same` and `removed` together are `expected`, `same` and `added` together are `output`, to the character.
 *
 * @returns null when the texts are too long or too different to compare
 */
export function diffTexts(expected: string, output: string): readonly DiffPart[] | null {
  if (expected.length + output.length > MAX_CHARACTERS) return null;
  const changes = diffArrays(words(expected), words(output), { maxEditLength: MAX_EDITS });
  return (
    changes?.map((change) => ({
      kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
      text: change.value.join(''),
    })) ?? null
  );
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

function words(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
