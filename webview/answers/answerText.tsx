import { useMemo } from 'preact/hooks';
import type { AnswerState, OutputCheck } from '../../src/protocol/answers.ts';
import { indentGrowingJson, indentJson } from '../readable.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { Icon } from '../ui/icon.tsx';

type Said = Exclude<AnswerState, { readonly status: 'idle' }>;

/** The text of an answer: JSON is indented as it grows, anything else is as the model wrote it. */
export function AnswerText({ answer, isRaw }: { readonly answer: Said; readonly isRaw: boolean }) {
  const { status, text } = answer;
  const shown = useMemo(() => (isRaw ? text : readable(answer)), [answer, isRaw]);
  if (status === 'streaming')
    return (
      <div class="verbatim">
        {shown}
        <span class="caret" />
      </div>
    );
  if (text === '' && (status !== 'done' || answer.toolCalls.length > 0)) return null;
  return <FoldedText text={shown} maxLines={60} />;
}

/** Whether an answer keeps the output schema; while it grows, what it has broken already. */
export function SchemaNote({ check, isGrowing }: { readonly check: OutputCheck; readonly isGrowing: boolean }) {
  const { violation, others } = check;
  if (violation === null)
    return (
      <p class="note schema-note">
        <Icon name="check" class="status-pass" /> {isGrowing ? 'valid so far' : 'valid JSON of the output schema'}
      </p>
    );
  return (
    <p class="schema-note">
      <Icon name="error" class="status-fail" />{' '}
      <span>
        {violation.path === '$' ? 'The answer' : <code>{violation.path}</code>} {violation.message}
        {others > 0 ? <span class="note"> and {others} more</span> : null}
      </span>
    </p>
  );
}

function readable(answer: Said): string {
  // Only where JSON is asked for: the beginning of any other text may look like it.
  if (answer.status === 'streaming')
    return answer.check === null ? answer.text : (indentGrowingJson(answer.text) ?? answer.text);
  return indentJson(answer.text) ?? answer.text;
}
