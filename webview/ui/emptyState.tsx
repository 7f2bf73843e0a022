import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** Says why there is nothing here and what to do about it. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <div class="empty-state">
      <Icon name={icon} class="empty-icon" />
      <h2>{title}</h2>
      <div class="empty-text">{children}</div>
    </div>
  );
}

type EmptyStateProps = {
  readonly icon: string;
  readonly title: string;
  readonly children?: ComponentChildren;
};
