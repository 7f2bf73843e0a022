import { tokensPerSecond } from '../../src/engine/model/tokensPerSecond.ts';
import type { AnswerFacts } from '../../src/protocol/answers.ts';
import { costTitle, formatCost, formatCount, formatDuration } from '../format.ts';

/** What an answer took. What nobody told is a dash, never 0. */
export function Measures({ facts }: { readonly facts: AnswerFacts }) {
  const { latencyMs, firstTokenMs, inputTokens, outputTokens, costUsd, finishReason } = facts;
  const rate = tokensPerSecond(facts);
  return (
    <dl class="measures">
      <Measure name="Time" value={formatDuration(latencyMs)} />
      <Measure name="First token" value={formatDuration(firstTokenMs)} />
      <Measure name="Tokens/s" value={rate === null ? formatCount(null) : formatCount(Math.round(rate))} />
      <Measure name="Tokens" value={`${formatCount(inputTokens)} → ${formatCount(outputTokens)}`} title="in → out" />
      <Measure name="Cost" value={costUsd === null ? 'unknown' : formatCost(costUsd)} title={costTitle(costUsd)} />
      {finishReason === null ? null : (
        <Measure
          name="Finish"
          value={finishReason}
          class={CUT_OFF.has(finishReason) ? 'severity-warning' : undefined}
          title={CUT_OFF.has(finishReason) ? 'Cut off: the limit of tokens was reached' : undefined}
        />
      )}
    </dl>
  );
}

/** Words of the servers for an answer that met the limit of its tokens. */
const CUT_OFF: ReadonlySet<string> = new Set(['length', 'max_tokens', 'max_output_tokens', 'MAX_TOKENS', 'incomplete']);

function Measure({ name, value, title, class: className }: MeasureProps) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd class={className}>{value}</dd>
    </div>
  );
}

type MeasureProps = {
  readonly name: string;
  readonly value: string;
  readonly title?: string;
  readonly class?: string;
};
