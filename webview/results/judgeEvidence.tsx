import { useState } from 'preact/hooks';
import { type ClaimSide, type JudgedClaim, type JudgeOpinion, opinionsIn } from '../../src/engine/judge/evidence.ts';
import type { Score } from '../../src/engine/metric/metric.ts';
import { countOf } from '../format.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { Icon } from '../ui/icon.tsx';
import { shownClaims } from './shownClaims.ts';

/** What stands behind a judged score: each judge's claims with its verdict on them, and its words where they made no verdict. */
export function JudgeEvidence({ score }: { readonly score: Score }) {
  const opinions = opinionsIn(score.details);
  const isJury = opinions.length > 1;
  const shown = opinions.filter(({ claims, raw }) => isJury || claims.length > 0 || raw !== null);
  if (shown.length === 0) return null;
  return (
    <div class="evidence">
      {shown.map((opinion, index) => (
        <Opinion key={index} opinion={opinion} isJury={isJury} />
      ))}
    </div>
  );
}

function Opinion({ opinion, isJury }: { readonly opinion: JudgeOpinion; readonly isJury: boolean }) {
  const { judge, value, reason, claims, raw } = opinion;
  return (
    <div>
      {isJury ? (
        <p class="evidence-judge">
          {judge} <span class="note">{value === null ? 'no value' : String(Number(value.toFixed(3)))}</span> {reason}
        </p>
      ) : null}
      {claims.length > 0 ? <Claims claims={claims} judge={judge} /> : null}
      {raw === null ? null : <FoldedText text={raw} maxLines={6} />}
    </div>
  );
}

function Claims({ claims, judge }: { readonly claims: readonly JudgedClaim[]; readonly judge: string }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? claims : shownClaims(claims);
  return (
    <>
      <ul class="claims" aria-label={`Verdicts of ${judge}`}>
        {shown.map((claim, index) => (
          <li key={index} class="claim">
            <Icon name={ICONS[claim.side]} class={`claim-icon is-${claim.side}`} />
            <span class="claim-verdict">{claim.verdict}</span>
            <span class="claim-text">
              {claim.claim}
              {claim.reason === '' ? null : <span class="note claim-reason">{claim.reason}</span>}
            </span>
          </li>
        ))}
      </ul>
      {shown.length === claims.length && !isOpen ? null : (
        <button type="button" class="link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show less' : `Show all ${countOf(claims.length, 'verdict')}`}
        </button>
      )}
    </>
  );
}

const ICONS: { readonly [side in ClaimSide]: string } = { for: 'check', against: 'close', neither: 'dash' };
