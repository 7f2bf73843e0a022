/** Characters of the end that stay in sight: names that begin alike mostly differ there. */
const TAIL = 8;

/** A name on one line; where it does not fit, its middle is left out. */
export function MiddleCut({ text }: { readonly text: string }) {
  const at = text.length > TAIL * 2 ? text.length - TAIL : text.length;
  return (
    <span class="middle-cut" title={text}>
      <span>{text.slice(0, at)}</span>
      {at < text.length ? <span class="middle-cut-tail">{text.slice(at)}</span> : null}
    </span>
  );
}
