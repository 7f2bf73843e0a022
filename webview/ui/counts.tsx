import { SAMPLE_STATUSES, type StatusCounts } from '../../src/engine/run/sample.ts';
import { formatCount, formatCounts } from '../format.ts';
import { StatusIcon } from './status.tsx';

/** How many samples ended how, in figures that stand under each other; a zero is left out. */
export function Counts({ counts }: { readonly counts: StatusCounts }) {
  return (
    <span class="counts" title={formatCounts(counts)}>
      {SAMPLE_STATUSES.filter((status) => counts[status] > 0).map((status) => (
        <span key={status} class="count">
          <StatusIcon status={status} />
          {formatCount(counts[status])}
        </span>
      ))}
    </span>
  );
}
