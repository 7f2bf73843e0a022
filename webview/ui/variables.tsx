import type { JsonObject } from '../../src/engine/json.ts';
import { readableJson } from '../readable.ts';
import { FoldedText } from './foldedText.tsx';

/** The variables of a case, by name. */
export function Variables({ vars }: { readonly vars: JsonObject }) {
  const entries = Object.entries(vars);
  if (entries.length === 0) return <p class="note">This case has no variables.</p>;
  return (
    <dl class="variables">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt title={name}>{name}</dt>
          <dd>
            <FoldedText text={readableJson(value)} maxLines={8} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
