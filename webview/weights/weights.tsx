import {
  COMPOSITE_MEANS,
  type CompositeMean,
  type CompositePolicy,
} from '../../src/engine/metric/composite/compositePolicy.ts';
import type { RunMetric } from '../../src/engine/run/run.ts';
import type { ResultsState } from '../../src/protocol/views.ts';
import { countOf, formatScore } from '../format.ts';
import type { Store } from '../state/store.ts';
import type { TrialStore } from '../state/trial.ts';
import { weightsOf } from '../state/trial.ts';
import { Icon, IconButton } from '../ui/icon.tsx';
import { Button, Dropdown } from '../ui/toolkit.tsx';
import { meanOver } from './triedScope.ts';

const MEANS: { readonly [mean in CompositeMean]: string } = {
  arithmetic: 'Weighted mean',
  geometric: 'Geometric mean',
  harmonic: 'Harmonic mean',
  min: 'Least score',
};
const MISSING: { readonly [missing in CompositePolicy['missing']]: string } = {
  renormalise: 'Missing: left out',
  zero: 'Missing: counts as 0',
  unscored: 'Missing: unscored',
};

/** Weights, gates and rules to try on the scores that are there: nothing is asked, and nothing kept until it is written. */
export function Weights({ store, results }: { readonly store: Store; readonly results: ResultsState }) {
  const { weighing } = store;
  const { run, metrics } = results;
  if (run === null || results.policy === null) return null;
  const policy = weighing.trial.value?.policy ?? results.policy;
  const weights = weighing.trial.value?.weights ?? weightsOf(metrics);
  const counted = metrics.filter(({ name }) => name in weights);
  const most = Math.max(5, ...counted.map(({ weight }) => 2 * weight));
  const isFormula = policy.formula !== undefined;
  return (
    <section class="weights" aria-label="Weights">
      <Outcome store={store} results={results} />
      {isFormula ? (
        <p class="note">The composite is a formula over the scores: weights have no part in it.</p>
      ) : (
        <div class="weights-list">
          {counted.map((metric) => (
            <WeightRow
              key={metric.name}
              weighing={weighing}
              metric={metric}
              weight={weights[metric.name]?.weight ?? metric.weight}
              gate={weights[metric.name]?.gate ?? metric.gate}
              most={most}
            />
          ))}
        </div>
      )}
      <div class="weights-rules">
        {isFormula ? null : (
          <Dropdown
            label="How scores become one"
            value={policy.mean ?? 'arithmetic'}
            options={COMPOSITE_MEANS.map((value) => ({ value, label: MEANS[value] }))}
            onChange={(mean) => weighing.setPolicy({ mean: mean as CompositeMean })}
          />
        )}
        <Dropdown
          label="What a missing score does"
          value={policy.missing}
          options={Object.entries(MISSING).map(([value, label]) => ({ value, label }))}
          onChange={(missing) => weighing.setPolicy({ missing: missing as CompositePolicy['missing'] })}
        />
        <span class="weights-threshold">
          Passes at
          <NumberInput
            label="Threshold of the composite"
            value={policy.threshold}
            max={1}
            step={0.05}
            onInput={(threshold) => weighing.setPolicy({ threshold })}
          />
        </span>
      </div>
      <div class="weights-ways">
        <Button
          icon="edit"
          disabled={weighing.trial.value === null}
          title="An edit of the suite that can be undone"
          onClick={() => weighing.write()}
        >
          Write into suite
        </Button>
        <Button
          icon="refresh"
          title="Score these answers again by the suite as it is now: a run of its own. No model is asked for an answer."
          onClick={() => store.post({ type: 'rescore', runId: run.id })}
        >
          Re-score
        </Button>
        <Button icon="discard" disabled={weighing.trial.value === null} onClick={() => weighing.reset()}>
          Reset
        </Button>
      </div>
    </section>
  );
}

/** What the trial comes to beside what the run came to. */
function Outcome({ store, results }: { readonly store: Store; readonly results: ResultsState }) {
  const { weighing } = store;
  const tried = weighing.tried.value;
  const before = meanOver(results.run?.variants ?? []);
  const after = tried && meanOver(Object.values(tried.variants));
  return (
    <div class="weights-head" role="status">
      {weighing.trial.value === null ? (
        <span class="note">Drag a weight: every figure follows. Nothing is asked, and nothing kept.</span>
      ) : tried?.note ? (
        <span>
          <Icon name="warning" class="status-error" /> {tried.note}
        </span>
      ) : (
        <span>
          <strong>Trying</strong> {formatScore(before)} → <strong>{after === null ? '…' : formatScore(after)}</strong>
          <span class="note">
            {' · '}
            {tried === null || tried.changed === 0
              ? 'every sample ends as before'
              : `${countOf(tried.changed, 'sample')} ${tried.changed === 1 ? 'ends' : 'end'} otherwise`}
          </span>
        </span>
      )}
      <span class="spacer" />
      <IconButton
        icon="close"
        label="Close, and leave the weights as they are"
        onClick={() => weighing.setOpen(false)}
      />
    </div>
  );
}

function WeightRow({ weighing, metric, weight, gate, most }: WeightRowProps) {
  const { name, role } = metric;
  const canVeto = role === undefined || role === 'decides';
  return (
    <div class={`weight${weight === 0 ? ' is-out' : ''}`}>
      <span class="weight-name" title={name}>
        {name}
      </span>
      <input
        type="range"
        aria-label={`Weight of ${name}`}
        min={0}
        max={most}
        step={0.1}
        value={weight}
        onInput={(event) => weighing.setWeight(name, { weight: Number(event.currentTarget.value) })}
      />
      <NumberInput
        label={`Weight of ${name} as a number`}
        value={weight}
        max={1000}
        step={0.5}
        onInput={(value) => weighing.setWeight(name, { weight: value })}
      />
      {canVeto ? (
        <label class="weight-gate" title="A sample that fails this metric fails, whatever the others say">
          <input
            type="checkbox"
            aria-label={`${name} is a gate`}
            checked={gate}
            disabled={weight === 0}
            onInput={(event) => weighing.setWeight(name, { gate: event.currentTarget.checked })}
          />
          gate
        </label>
      ) : (
        <span />
      )}
    </div>
  );
}

type WeightRowProps = {
  readonly weighing: TrialStore;
  readonly metric: RunMetric;
  readonly weight: number;
  readonly gate: boolean;
  readonly most: number;
};

/** What is no number, or out of range, is not tried. */
function NumberInput({ label, value, max, step, onInput }: NumberInputProps) {
  return (
    <input
      type="number"
      class="number-input"
      aria-label={label}
      min={0}
      max={max}
      step={step}
      value={Number(value.toFixed(4))}
      onInput={(event) => {
        const { valueAsNumber } = event.currentTarget;
        if (valueAsNumber >= 0 && valueAsNumber <= max) onInput(valueAsNumber);
      }}
    />
  );
}

type NumberInputProps = {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly step: number;
  readonly onInput: (value: number) => void;
};
