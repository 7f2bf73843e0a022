import { CHANGE_GROUPS, type ChangeGroup } from '../../src/engine/compare/changeGroup.ts';
import type { ComparedRuns } from '../../src/protocol/comparison.ts';
import { formatCount } from '../format.ts';
import type { ComparisonStore } from '../state/comparison.ts';
import { Icon } from '../ui/icon.tsx';
import { Dropdown } from '../ui/toolkit.tsx';

const ALL = '';

/** How many cases broke, were fixed, and so on: each shows only its own. */
export function ChangeChips({ comparison, found, labels }: ChangeChipsProps) {
  const view = comparison.view.value;
  const counted = Object.entries(found.groups).filter(([id]) => view.variantId === null || id === view.variantId);
  const count = (group: ChangeGroup) => counted.reduce((sum, [, groups]) => sum + groups[group], 0);
  const toggle = (group: ChangeGroup) => {
    const groups = CHANGE_GROUPS.filter((one) => view.groups.includes(one) !== (one === group));
    comparison.setView({ ...view, groups });
  };
  return (
    <div class="filters">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are toggles */}
      <div class="chips" role="group" aria-label="Show only">
        {CHANGE_GROUPS.map((group) => (
          <button
            key={group}
            type="button"
            class={`chip${count(group) === 0 ? ' is-zero' : ''}`}
            aria-pressed={view.groups.includes(group)}
            title={GROUP_TITLES[group]}
            onClick={() => toggle(group)}
          >
            <Icon name={GROUP_ICONS[group]} class={`change-${group}`} />
            <span class="chip-count">{formatCount(count(group))}</span> {GROUP_WORDS[group]}
          </button>
        ))}
      </div>
      {labels.size > 1 ? (
        <Dropdown
          label="Variant"
          value={view.variantId ?? ALL}
          options={[{ value: ALL, label: 'All variants' }, ...[...labels].map(([value, label]) => ({ value, label }))]}
          onChange={(variantId) => comparison.setView({ ...view, variantId: variantId === ALL ? null : variantId })}
        />
      ) : null}
    </div>
  );
}

type ChangeChipsProps = {
  readonly comparison: ComparisonStore;
  readonly found: ComparedRuns;
  readonly labels: ReadonlyMap<string, string>;
};

export const GROUP_WORDS: { readonly [group in ChangeGroup]: string } = {
  broke: 'broke',
  fixed: 'fixed',
  changed: 'changed',
  unclear: 'unclear',
  same: 'same',
};
export const GROUP_ICONS: { readonly [group in ChangeGroup]: string } = {
  broke: 'arrow-down',
  fixed: 'arrow-up',
  changed: 'edit',
  unclear: 'question',
  same: 'dash',
};
const GROUP_TITLES: { readonly [group in ChangeGroup]: string } = {
  broke: 'Passed before, and does not now',
  fixed: 'Passes now, and did not before',
  changed: 'Another answer that ends alike',
  unclear: 'Could not run or be judged on one of the two sides',
  same: 'The same answer',
};
