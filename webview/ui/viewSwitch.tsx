/** One of a few ways to look at the same thing. */
export function ViewSwitch<View extends string>({ label, views, view, onSelect }: ViewSwitchProps<View>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are toggles
    <span class="switch" role="group" aria-label={label}>
      {views.map((one) => (
        <button key={one.id} type="button" aria-pressed={one.id === view} onClick={() => onSelect(one.id)}>
          {one.label}
        </button>
      ))}
    </span>
  );
}

type ViewSwitchProps<View> = {
  readonly label: string;
  readonly views: readonly { readonly id: View; readonly label: string }[];
  readonly view: View;
  readonly onSelect: (view: View) => void;
};
