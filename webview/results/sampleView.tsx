import type { Doubt } from '../../src/engine/judge/trustWords.ts';
import type { CompositePolicy } from '../../src/engine/metric/composite/compositePolicy.ts';
import type { RunMetric } from '../../src/engine/run/run.ts';
import type { SampleDetail } from '../../src/protocol/views.ts';
import { costTitle, formatCost, formatCount, formatDuration, formatScore } from '../format.ts';
import type { Store } from '../state/store.ts';
import { MessageCard } from '../ui/messageCard.tsx';
import { SampleErrorBox } from '../ui/sampleErrorBox.tsx';
import { Section } from '../ui/section.tsx';
import { Variables } from '../ui/variables.tsx';
import { CompositeBars } from './compositeBars.tsx';
import { Output } from './output.tsx';
import { RawJson } from './rawJson.tsx';
import { ScoreList } from './scoreList.tsx';

/** All that is known of a sample: what came out first, then what went in. */
export function SampleView({ store, detail, metrics, policy, doubts }: SampleViewProps) {
  const { row, scores, messages, vars } = detail;
  const copy = (text: string) => store.post({ type: 'copy', text });
  return (
    <>
      {detail.error ? <SampleErrorBox error={detail.error} /> : null}
      {scores.length > 0 ? (
        <Section title="Scores" note={`composite ${formatScore(row.composite)}`}>
          <ScoreList scores={scores} metrics={metrics} ratings={store.ownRatings} doubts={doubts} />
          {policy ? (
            <CompositeBars
              scores={scores}
              metrics={metrics}
              policy={policy}
              tags={detail.tags}
              composite={row.composite}
            />
          ) : null}
        </Section>
      ) : null}
      <Output store={store} detail={detail} onCopy={copy} />
      <dl class="measures">
        <div>
          <dt>Latency</dt>
          <dd>{formatDuration(row.latencyMs)}</dd>
        </div>
        <div>
          <dt>First token</dt>
          <dd>{formatDuration(detail.firstTokenMs)}</dd>
        </div>
        <div>
          <dt>Tokens in</dt>
          <dd>{formatCount(row.inputTokens)}</dd>
        </div>
        <div>
          <dt>Tokens out</dt>
          <dd>{formatCount(row.outputTokens)}</dd>
        </div>
        <div>
          <dt>Cost</dt>
          <dd title={costTitle(row.costUsd)}>{formatCost(row.costUsd)}</dd>
        </div>
        {detail.finishReason === null ? null : (
          <div>
            <dt>Finish</dt>
            <dd>{detail.finishReason}</dd>
          </div>
        )}
      </dl>
      {Object.keys(vars).length > 0 ? (
        <Section title="Variables">
          <Variables vars={vars} />
        </Section>
      ) : null}
      <Section title="Messages">
        {messages.map((message, index) => (
          <MessageCard key={index} message={message} />
        ))}
      </Section>
      <RawJson title="Raw request" value={detail.rawRequest} onCopy={copy} />
      <RawJson title="Raw response" value={detail.rawResponse} onCopy={copy} />
    </>
  );
}

type SampleViewProps = {
  readonly store: Store;
  readonly detail: SampleDetail;
  readonly metrics: readonly RunMetric[];
  readonly policy: CompositePolicy | null;
  readonly doubts: readonly Doubt[];
};
