import { Icon } from './icon.tsx';

/** That a run scored the answers of another one again, and asked no model. */
export function RescoreNote({ of }: { readonly of: string | null }) {
  if (of === null) return null;
  return (
    <span class="run-status" title={`The answers of run ${of}, scored again`}>
      <Icon name="refresh" />
      <span class="run-status-word">re-scored</span>
    </span>
  );
}

/** That a run is of the prompts as a git revision had them. */
export function RevisionNote({ of }: { readonly of: string | null }) {
  if (of === null) return null;
  return (
    <span class="run-revision" title={`The prompts as they were at ${of}`}>
      <Icon name="git-branch" />
      {of}
    </span>
  );
}
