import type { DiffPart } from '../../src/engine/textDiff.ts';

/** What changed from one text to another, within the text. */
export function DiffText({ parts }: { readonly parts: readonly DiffPart[] }) {
  return (
    <>
      {parts.map((part, index) => {
        if (part.kind === 'added') return <ins key={index}>{part.text}</ins>;
        if (part.kind === 'removed') return <del key={index}>{part.text}</del>;
        return part.text;
      })}
    </>
  );
}
