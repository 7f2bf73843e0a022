import { useState } from 'preact/hooks';
import type { Json } from '../../src/engine/json.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { IconButton } from '../ui/icon.tsx';

/** What went over the wire, folded: it is written out only when opened. */
export function RawJson({ title, value, onCopy }: RawJsonProps) {
  const [isOpen, setOpen] = useState(false);
  if (value === null) return null;
  return (
    <details class="raw" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {isOpen ? (
        <div class="raw-body">
          <IconButton
            icon="copy"
            label={`Copy the ${title.toLowerCase()}`}
            class="raw-copy"
            onClick={() => onCopy(JSON.stringify(value, null, 2))}
          />
          <FoldedText text={JSON.stringify(value, null, 2)} maxLines={40} />
        </div>
      ) : null}
    </details>
  );
}

type RawJsonProps = { readonly title: string; readonly value: Json; readonly onCopy: (text: string) => void };
