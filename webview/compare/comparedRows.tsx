// biome-ignore-all lint/a11y/useSemanticElements: rows that stand anywhere in a tall body cannot be a table's
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names the active row
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComparedLine } from '../../src/protocol/comparison.ts';
import { formatScore, NONE } from '../format.ts';
import { outputExcerpt } from '../outputExcerpt.ts';
import { useVirtualRows } from '../results/virtualRows.ts';
import type { ComparisonStore } from '../state/comparison.ts';
import { Icon } from '../ui/icon.tsx';
import { MiddleCut } from '../ui/middleCut.tsx';
import { StatusIcon } from '../ui/status.tsx';
import { GROUP_ICONS, GROUP_WORDS } from './changeChips.tsx';

const ROW_PX = 44;

/** The cases, what broke first: a row each, with the beginning of both answers. Enter opens one. */
export function ComparedRows({ comparison, labels, sameCount }: ComparedRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const total = comparison.total.value;
  const active = comparison.active.value;
  // Rows are read through `row`, which is no signal: this one says when they changed.
  void comparison.revision.value;
  const count = total ?? 0;
  const rows = useVirtualRows(scroller, { count, rowPx: ROW_PX, headPx: 0 });
  const first = rows.indices[0] ?? 0;
  const last = rows.indices.at(-1) ?? 0;
  useLayoutEffect(() => comparison.inSight(first, last), [comparison, first, last, comparison.view.value]);
  const shownActive = useRef(active);
  useLayoutEffect(() => {
    if (shownActive.current !== active) rows.scrollTo(active);
    shownActive.current = active;
  });
  const opened = comparison.opened.value;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = {
      ArrowDown: active + 1,
      j: active + 1,
      ArrowUp: active - 1,
      k: active - 1,
      PageDown: active + 10,
      PageUp: active - 10,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to !== undefined) {
      if (opened) comparison.openAt(Math.max(0, Math.min(to, count - 1)));
      else comparison.setActive(to);
    } else if (event.key === 'Enter' || event.key === ' ') comparison.openAt(active);
    else return;
    event.preventDefault();
  };
  const isOnlyRest = comparison.view.value.groups.length === 0;
  return (
    <div class="compared">
      <div
        ref={scroller}
        class="compared-rows"
        role="grid"
        tabIndex={0}
        aria-label="Cases that changed"
        aria-rowcount={count}
        aria-busy={total === null}
        aria-activedescendant={count > 0 ? `compared-${active}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div class="compared-body" role="rowgroup" style={{ height: `${rows.heightPx}px` }}>
          {rows.indices.map((index) => (
            <Row
              key={index}
              index={index}
              line={comparison.row(index)}
              label={(id) => (labels.size > 1 ? labels.get(id) : undefined)}
              isActive={index === active}
              isOpen={opened?.index === index}
              onOpen={comparison.openAt}
            />
          ))}
        </div>
        {total === 0 ? (
          <p class="grid-empty note">{isOnlyRest ? 'No case has another answer.' : 'No case is in these groups.'}</p>
        ) : null}
      </div>
      {isOnlyRest && sameCount > 0 && total !== null ? (
        <button
          type="button"
          class="link-button compared-rest"
          onClick={() => comparison.setView({ ...comparison.view.peek(), groups: ['same'] })}
        >
          {sameCount === 1 ? '1 case has' : `${sameCount} cases have`} the same answer: show
        </button>
      ) : null}
    </div>
  );
}

type ComparedRowsProps = {
  readonly comparison: ComparisonStore;
  readonly labels: ReadonlyMap<string, string>;
  /** Rows that are left out because nothing about their answers is new. */
  readonly sameCount: number;
};

function Row({ index, line, label, isActive, isOpen, onOpen }: RowProps) {
  const classes = `compared-row${isActive ? ' is-active' : ''}${isOpen ? ' is-open' : ''}`;
  const style = { top: `${index * ROW_PX}px`, height: `${ROW_PX}px` };
  if (!line) return <div id={`compared-${index}`} class={classes} role="row" style={style} />;
  const variant = label(line.variantId);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      id={`compared-${index}`}
      class={classes}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 1}
      aria-selected={isActive}
      style={style}
      onClick={() => onOpen(index)}
    >
      <span class="compared-group" role="gridcell">
        <Icon name={GROUP_ICONS[line.group]} label={GROUP_WORDS[line.group]} class={`change-${line.group}`} />
      </span>
      <span class="compared-case" role="gridcell">
        <MiddleCut text={line.caseId} />
        <span class="note" title={line.inputExcerpt}>
          {variant ?? line.inputExcerpt}
        </span>
      </span>
      <span class="compared-side" role="gridcell">
        <Side side={line.before} />
      </span>
      <span class="compared-side" role="gridcell">
        <Side side={line.after} />
      </span>
    </div>
  );
}

type RowProps = {
  readonly index: number;
  readonly line: ComparedLine | undefined;
  readonly label: (variantId: string) => string | undefined;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (index: number) => void;
};

function Side({ side }: { readonly side: ComparedLine['before'] }) {
  if (side === null) return <span class="note">{NONE} not in this run</span>;
  const text = side.status === 'error' ? side.excerpt : outputExcerpt(side.excerpt);
  return (
    <>
      <span class="compared-score">
        <StatusIcon status={side.status} /> {formatScore(side.composite)}
      </span>
      <span class={side.status === 'error' ? 'compared-text is-error' : 'compared-text'} title={side.excerpt}>
        {text}
      </span>
    </>
  );
}
