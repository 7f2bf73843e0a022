import type { ToolCall } from '../../src/engine/model/modelClient.ts';
import { indentJson } from '../readable.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { Icon } from '../ui/icon.tsx';

/** The tools that the model asks for, with what it gives them. Nothing is called here. */
export function ToolCalls({ calls }: { readonly calls: readonly ToolCall[] }) {
  return (
    <>
      {calls.map(({ id, name, arguments: given }, index) => (
        <div key={`${index} ${id}`} class="card-part">
          <p class="note">
            <Icon name="tools" /> calls <code>{name}</code>
          </p>
          {given === '' || given === '{}' ? null : <FoldedText text={indentJson(given) ?? given} maxLines={16} />}
        </div>
      ))}
    </>
  );
}
