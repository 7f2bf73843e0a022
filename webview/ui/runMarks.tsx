import type { RunMarks } from '../../src/engine/history/runMarks.ts';
import { Icon } from './icon.tsx';

/** What people set on a run: its name and tags. */
export function RunMarkWords({ marks }: { readonly marks: RunMarks }) {
  if (marks.name === null && marks.tags.length === 0 && !marks.archived) return null;
  return (
    <span class="run-marks">
      {marks.name === null ? null : <span class="run-name">{marks.name}</span>}
      {marks.tags.map((tag) => (
        <span key={tag} class="tag">
          {tag}
        </span>
      ))}
      {marks.archived ? <Icon name="archive" label="Archived" class="is-muted" /> : null}
    </span>
  );
}
