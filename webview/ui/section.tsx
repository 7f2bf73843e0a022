import type { ComponentChildren } from 'preact';

/** A part of a view under a heading, with its own actions on the right. */
export function Section({ title, note, actions, children }: SectionProps) {
  return (
    <section class="section">
      <div class="section-head">
        <h2>{title}</h2>
        {note ? <span class="note">{note}</span> : null}
        <span class="spacer" />
        {actions}
      </div>
      {children}
    </section>
  );
}

type SectionProps = {
  readonly title: string;
  readonly note?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
};
