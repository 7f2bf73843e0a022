import type { Sample } from '../../engine/run/sample.ts';
import type { StoredSample } from '../../node/store/storedSample.ts';
import { formatMetric, formatMilliseconds, formatScore, formatUsd, plural } from '../format.ts';
import { digestSample } from '../reporters/sampleDigest.ts';
import { html, type Markup, NOTHING } from './markup.ts';

/** Beyond these a page of many cases could not be opened any more. */
const LONGEST = 20_000;

const TONES = { pass: 'good', fail: 'bad', error: 'doubt', unscored: 'doubt' } as const;

export type SampleSetting = {
  readonly label: string;
  readonly repeats: number;
  /** Kinds of metrics, by name. */
  readonly kinds: ReadonlyMap<string, string>;
};

/** One sample, folded: its status and why on a line, then the case, the answer and the scores with their reasons. */
export function sampleDetails(stored: StoredSample, setting: SampleSetting): Markup {
  const { sample, testCase } = stored;
  const { reason } = digestSample(sample, testCase.line);
  const name = setting.repeats > 1 ? `${sample.caseId} #${sample.repeat + 1}` : sample.caseId;
  return html`<details class="case" data-kind="${sample.status}"><summary><span class="chip ${TONES[sample.status]}">${sample.status}</span><span class="id">${name}</span><span class="why">${reason ?? ''}</span><span class="score dim">${setting.label}${sample.status === 'error' ? '' : ` · ${formatScore(sample.composite)}`}</span></summary><div class="body">${caseText(stored)}${answer(sample)}${scoresTable(sample, setting.kinds)}${took(sample)}</div></details>
`;
}

/** What the case asked and expected. */
export function caseText({ testCase }: StoredSample): Markup {
  const vars = Object.entries(testCase.vars).map(([name, value]) => html`<h3>${name}</h3>${block(shown(value))}`);
  const { expected } = testCase;
  return html`${vars}${expected === undefined ? NOTHING : html`<h3>expected</h3>${block(shown(expected))}`}`;
}

/** The output, or why there is none. */
export function outputOf(sample: Sample): string {
  if (sample.status !== 'error') return sample.output;
  const { code, message, remedy } = sample.error;
  return `${code}: ${message}${remedy === null ? '' : `\n${remedy}`}`;
}

export function scoresTable(sample: Sample, kinds: ReadonlyMap<string, string>): Markup {
  if (sample.status === 'error' || sample.scores.length === 0) return NOTHING;
  const rows = sample.scores.map((score) => {
    const isScored = score.outcome === 'scored';
    const word = !isScored ? score.outcome : score.passed === null ? '' : score.passed ? 'pass' : 'fail';
    const tone = word === 'pass' ? 'good' : word === 'fail' ? 'bad' : word === '' ? 'dim' : 'doubt';
    const value = isScored ? formatMetric(kinds.get(score.metric) ?? '', score.value) : '';
    return html`<tr><th scope="row">${score.metric}</th><td class="n">${value}</td><td class="${tone}">${word}</td><td>${cut(score.reason)}</td></tr>`;
  });
  return html`<h3>scores</h3><div class="wide"><table><tbody>${rows}</tbody></table></div>`;
}

export function block(text: string): Markup {
  return html`<pre>${cut(text)}</pre>`;
}

function answer(sample: Sample): Markup {
  return html`<h3>${sample.status === 'error' ? 'error' : 'output'}</h3>${block(outputOf(sample))}`;
}

function took(sample: Sample): Markup {
  if (sample.status === 'error') return NOTHING;
  return html`<p class="dim">${formatMilliseconds(sample.latencyMs)} · ${formatUsd(sample.costUsd)}</p>`;
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)}… and ${plural(text.length - LONGEST, 'more character')}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
