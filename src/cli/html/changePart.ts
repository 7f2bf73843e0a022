import { diffTexts } from '../../engine/textDiff.ts';
import type { StoredSample } from '../../node/store/storedSample.ts';
import { formatScore } from '../format.ts';
import type { CaseChange, ChangeKind } from '../report/caseChanges.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { block, caseText, outputOf, scoresTable } from './samplePart.ts';

const TONES: { readonly [kind in ChangeKind]: string } = { broke: 'bad', fixed: 'good', unclear: 'doubt', same: 'dim' };

type ChangeSetting = { readonly label: string; readonly kinds: ReadonlyMap<string, string> };

/** One case of both runs, folded: how it changed, then its answers with what differs in them, and the scores side by side. */
export function changeDetails({ kind, caseId, before, after }: CaseChange, { label, kinds }: ChangeSetting): Markup {
  const [then, now] = [before[0], after[0]];
  const scores = `${compositeOf(then)} → ${compositeOf(now)}`;
  return html`<details class="case" data-kind="${kind}"><summary><span class="chip ${TONES[kind]}">${kind}</span><span class="id">${caseId}</span><span class="why">${statusOf(then)} → ${statusOf(now)}</span><span class="score dim">${label === '' ? scores : `${label} · ${scores}`}</span></summary><div class="body">${now ? caseText(now) : NOTHING}${outputs(then, now, before.length > 1 || after.length > 1)}<div class="sides"><div><h3>before</h3>${scoresOf(then, kinds)}</div><div><h3>after</h3>${scoresOf(now, kinds)}</div></div></div></details>
`;
}

function outputs(then: StoredSample | undefined, now: StoredSample | undefined, isRepeated: boolean): Markup {
  if (!then || !now) return NOTHING;
  const [old, current] = [outputOf(then.sample), outputOf(now.sample)];
  const which = isRepeated ? ' of the first repeat' : '';
  if (old === current) return html`<h3>output${which}, the same in both</h3>${block(current)}`;
  const parts = diffTexts(old, current);
  if (parts === null)
    return html`<div class="sides"><div><h3>output before${which}</h3>${block(old)}</div><div><h3>after</h3>${block(current)}</div></div>`;
  const marked = parts.map(({ kind, text }) =>
    kind === 'added' ? html`<ins>${text}</ins>` : kind === 'removed' ? html`<del>${text}</del>` : html`${text}`,
  );
  return html`<h3>output${which}, before to after</h3><pre>${marked}</pre>`;
}

function scoresOf(stored: StoredSample | undefined, kinds: ReadonlyMap<string, string>): Markup {
  return stored ? scoresTable(stored.sample, kinds) : NOTHING;
}

function statusOf(stored: StoredSample | undefined): string {
  return stored?.sample.status ?? 'not there';
}

function compositeOf(stored: StoredSample | undefined): string {
  return formatScore(stored && stored.sample.status !== 'error' ? stored.sample.composite : null);
}
