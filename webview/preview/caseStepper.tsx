import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatCount } from '../format.ts';
import { IconButton } from '../ui/icon.tsx';

/** `◀ case 3/24 ▶`: by buttons, by the arrow keys inside it, or by typing a number. */
export function CaseStepper({ index, count, caseId, onSelect, onReveal }: CaseStepperProps) {
  // Where the last step led: the case itself comes a moment later, and two quick steps are two.
  const wanted = useRef(index);
  useLayoutEffect(() => {
    wanted.current = index;
  }, [index]);
  const select = (to: number) => {
    const next = Math.max(0, Math.min(to, count - 1));
    if (next === wanted.current) return;
    wanted.current = next;
    onSelect(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const inField = event.target instanceof HTMLInputElement;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    // In the field, left and right move the caret unless Alt is held.
    if (step === undefined || (inField && !event.altKey && event.key !== 'ArrowUp' && event.key !== 'ArrowDown'))
      return;
    event.preventDefault();
    select(wanted.current + step);
  };
  const onChange = (event: Event) => {
    const field = event.currentTarget as HTMLInputElement;
    const number = Number.parseInt(field.value, 10);
    if (Number.isNaN(number)) field.value = String(index + 1);
    else select(number - 1);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are steps
    <div class="stepper" role="group" aria-label="Case" onKeyDown={onKeyDown}>
      <IconButton
        icon="chevron-left"
        label="Previous case"
        disabled={index <= 0}
        onClick={() => select(wanted.current - 1)}
      />
      <label class="stepper-place">
        case
        <input
          type="text"
          inputMode="numeric"
          style={{ width: `${String(count).length + 0.5}ch` }}
          value={index + 1}
          aria-label={`Case number, of ${count}`}
          onChange={onChange}
          onFocus={(event) => event.currentTarget.select()}
        />
        <span>/{formatCount(count)}</span>
      </label>
      <IconButton
        icon="chevron-right"
        label="Next case"
        disabled={index >= count - 1}
        onClick={() => select(wanted.current + 1)}
      />
      {caseId === null ? null : (
        <button
          type="button"
          class="link-button stepper-case"
          title={`Show ${caseId} in the dataset`}
          onClick={onReveal}
        >
          {caseId}
        </button>
      )}
    </div>
  );
}

type CaseStepperProps = {
  readonly index: number;
  readonly count: number;
  readonly caseId: string | null;
  readonly onSelect: (index: number) => void;
  readonly onReveal: () => void;
};
