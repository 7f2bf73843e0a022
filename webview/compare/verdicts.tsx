import type { VariantComparison } from '../../src/engine/compare/variantComparison.ts';
import { verdictWords } from '../../src/engine/compare/verdict.ts';
import { wilsonInterval } from '../../src/engine/stats/interval.ts';
import type { ComparedRuns } from '../../src/protocol/comparison.ts';
import { countOf, formatDelta, formatDifference, formatInterval, formatScore } from '../format.ts';
import { Icon } from '../ui/icon.tsx';
import { Section } from '../ui/section.tsx';
import { Whisker } from '../ui/whisker.tsx';

/** The 0.975 quantile of the normal distribution: intervals of rates are of 95 %. */
const Z_95 = 1.959963984540054;

type Judged = NonNullable<VariantComparison['composite']>;
type Word = Judged['verdict']['word'];

/** What each variant came to: the verdict first, then the numbers behind it. */
export function Verdicts({
  found,
  labels,
}: {
  readonly found: ComparedRuns;
  readonly labels: ReadonlyMap<string, string>;
}) {
  const isSeveral = found.variants.length > 1;
  return (
    <ul class="verdicts">
      {found.variants.map((variant) => (
        <li key={variant.variantId}>
          <VariantVerdict variant={variant} label={isSeveral ? (labels.get(variant.variantId) ?? '') : null} />
        </li>
      ))}
    </ul>
  );
}

function VariantVerdict({ variant, label }: { readonly variant: VariantComparison; readonly label: string | null }) {
  const { composite, passed, promptVersion } = variant;
  const isSame = promptVersion.before === promptVersion.after;
  return (
    <article class="verdict-card" aria-label={label ?? 'Verdict'}>
      <h3>
        {composite ? <VerdictBadge word={composite.verdict.word} /> : <span class="note">no composite to compare</span>}
        {label === null ? null : <span class="verdict-label">{label}</span>}
        {isSame ? <span class="note">the same version of the prompt</span> : null}
      </h3>
      {composite ? <Composite composite={composite} /> : null}
      {passed.cases > 0 ? <Passing passed={passed} /> : null}
      {composite ? <p class="note">{assumption(composite.verdict, composite.cases)}</p> : null}
    </article>
  );
}

function VerdictBadge({ word }: { readonly word: Word }) {
  return (
    <span class={`verdict-word is-${word}`}>
      <Icon name={ICONS[word]} /> {WORDS[word]}
    </span>
  );
}

function Composite({ composite }: { readonly composite: Judged }) {
  const { before, after, difference, interval, cases, verdict } = composite;
  const reach = Math.max(0.05, Math.abs(difference), Math.abs(interval?.low ?? 0), Math.abs(interval?.high ?? 0)) * 1.1;
  return (
    <div class="verdict-row">
      <span class="verdict-name">Composite</span>
      <span class="verdict-change">
        {formatScore(before)} → <strong>{formatScore(after)}</strong>
      </span>
      <Whisker
        value={difference}
        interval={interval}
        from={-reach}
        to={reach}
        mark={0}
        tone={verdict.word === 'better' ? 'better' : verdict.word === 'worse' ? 'worse' : 'plain'}
      />
      <span class="verdict-numbers">
        <strong>{formatDelta(difference)}</strong>
        {interval ? ` (95 % ${formatDifference(interval.low, interval.high)})` : ''}, {countOf(cases, 'case')},{' '}
        {pText(verdict.pValue)}
        {verdict.moreCases === null ? '' : `; ${verdictWords(verdict).replace(/^inconclusive \((.*)\)$/, '$1')}`}
      </span>
    </div>
  );
}

/** Both rates with their Wilson intervals, one over the other. */
function Passing({ passed: { before, after, cases, verdict } }: { readonly passed: VariantComparison['passed'] }) {
  const rate = (count: number) => {
    const [low, high] = wilsonInterval(count, cases, Z_95);
    return { value: count / cases, interval: { low, high } };
  };
  const [was, is] = [rate(before), rate(after)];
  const title = `95 % Wilson intervals: before ${formatInterval(was.interval.low, was.interval.high)}, after ${formatInterval(is.interval.low, is.interval.high)}`;
  return (
    <div class="verdict-row" title={title}>
      <span class="verdict-name">Passing</span>
      <span class="verdict-change">
        {before} → <strong>{after}</strong> of {cases}
      </span>
      <span class="whisker-pair">
        <Whisker {...was} from={0} to={1} tone="plain" />
        <Whisker
          {...is}
          from={0}
          to={1}
          tone={verdict?.word === 'better' ? 'better' : verdict?.word === 'worse' ? 'worse' : 'plain'}
        />
      </span>
      <span class="verdict-numbers">
        {percent(was.value)} → <strong>{percent(is.value)}</strong>
        {verdict ? `, ${WORDS[verdict.word]}, ${pText(verdict.pValue)}` : ''}
      </span>
    </div>
  );
}

/** Metrics and tags: what is behind the composite, and where it changed. */
export function Parts({
  found,
  labels,
}: {
  readonly found: ComparedRuns;
  readonly labels: ReadonlyMap<string, string>;
}) {
  const isSeveral = found.variants.length > 1;
  const metrics = found.variants.flatMap(({ variantId, metrics: all }) =>
    Object.entries(all).map(([name, difference]) => ({ name, variantId, difference })),
  );
  const tags = found.tags.map(({ tag, variantId, ...difference }) => ({ name: tag, variantId, difference }));
  if (metrics.length + tags.length === 0) return null;
  const table = (title: string, rows: typeof metrics | typeof tags) =>
    rows.length === 0 ? null : (
      <Section title={title}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
        <section class="table-scroller" tabIndex={0} aria-label={title}>
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">{title === 'By tag' ? 'Tag' : 'Metric'}</th>
                {isSeveral ? <th scope="col">Variant</th> : null}
                <th scope="col">Verdict</th>
                <th scope="col" class="number">
                  Before
                </th>
                <th scope="col" class="number">
                  After
                </th>
                <th scope="col" class="number" title="With its 95 % interval">
                  Difference
                </th>
                <th scope="col" class="number">
                  Cases
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, variantId, difference }) => (
                <tr key={`${name} ${variantId}`}>
                  <th scope="row">{name}</th>
                  {isSeveral ? <td>{labels.get(variantId)}</td> : null}
                  <td title={verdictWords(difference.verdict)}>
                    <span class={`verdict-word is-${difference.verdict.word}`}>{WORDS[difference.verdict.word]}</span>
                  </td>
                  <td class="number">{formatScore(difference.before)}</td>
                  <td class="number">{formatScore(difference.after)}</td>
                  <td class="number">
                    {formatDelta(difference.difference)}
                    {difference.interval ? (
                      <span class="note"> {formatDifference(difference.interval.low, difference.interval.high)}</span>
                    ) : null}
                  </td>
                  <td class="number">{difference.cases}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Section>
    );
  return (
    <details class="compare-parts">
      <summary>By metric{tags.length > 0 ? ' and tag' : ''}</summary>
      {table('By metric', metrics)}
      {table('By tag', tags)}
    </details>
  );
}

const WORDS: { readonly [word in Word]: string } = {
  better: 'better',
  'no-worse': 'no worse',
  worse: 'worse',
  inconclusive: 'inconclusive',
};
const ICONS: { readonly [word in Word]: string } = {
  better: 'arrow-up',
  'no-worse': 'check',
  worse: 'arrow-down',
  inconclusive: 'question',
};

/** How it was judged, what that took for granted, and what so many cases could have shown. */
function assumption({ test, assumes, detectable, word }: Judged['verdict'], cases: number): string {
  const power =
    word === 'inconclusive' && typeof detectable === 'number'
      ? ` ${countOf(cases, 'case')} would show a difference of ${detectable.toFixed(2)} or more in 4 of 5 tries.`
      : '';
  return `Judged by ${test} on the same cases before and after. ${assumes ?? ''}${power}`;
}

function pText(value: number): string {
  // Not to be torn apart at the end of a line.
  return value < 0.001 ? 'p\u00a0<\u00a00.001' : `p\u00a0${value.toFixed(3)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)} %`;
}
