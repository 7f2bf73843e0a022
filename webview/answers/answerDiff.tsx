import { useMemo } from 'preact/hooks';
import type { Json } from '../../src/engine/json.ts';
import { diffTexts } from '../../src/engine/textDiff.ts';
import { type JsonChange, jsonChanges } from '../jsonChanges.ts';
import { readableJson } from '../readable.ts';
import { DiffText } from '../ui/diffText.tsx';
import { FoldedText } from '../ui/foldedText.tsx';

/** How an answer differs from the first lane's: JSON by its members, text by its words. */
export function AnswerDiff({ first, firstLabel, text }: AnswerDiffProps) {
  const changes = useMemo(() => jsonChanges(first, text), [first, text]);
  const parts = useMemo(() => (changes === null ? diffTexts(first, text) : null), [changes, first, text]);
  if (first === text || changes?.length === 0) return <p class="note">The same as {firstLabel}.</p>;
  if (changes !== null) return <Changes changes={changes} />;
  if (parts !== null)
    return (
      <div class="verbatim">
        <DiffText parts={parts} />
      </div>
    );
  return (
    <>
      <p class="note">Too long or too different from {firstLabel} to show the difference.</p>
      <FoldedText text={text} />
    </>
  );
}

type AnswerDiffProps = { readonly first: string; readonly firstLabel: string; readonly text: string };

function Changes({ changes }: { readonly changes: readonly JsonChange[] }) {
  return (
    <dl class="changes">
      {changes.map(({ path, before, after }) => (
        <div key={path}>
          <dt>{path}</dt>
          <dd class="verbatim">
            {before === undefined ? null : <del>{shown(before)}</del>}
            {before !== undefined && after !== undefined ? ' → ' : null}
            {after === undefined ? null : <ins>{shown(after)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shown(value: Json): string {
  return typeof value === 'string' ? JSON.stringify(value) : readableJson(value);
}
