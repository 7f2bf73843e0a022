import type { GitState } from '../../src/engine/run/run.ts';
import { shortCommit } from '../format.ts';
import { Icon } from './icon.tsx';

/** The commit that was checked out, with a mark when the tree had uncommitted changes. */
export function Commit({ git }: { readonly git: GitState }) {
  return (
    <span class="commit" title={git.dirty ? `${git.commit}, with uncommitted changes` : git.commit}>
      <Icon name="git-commit" />
      <code>{shortCommit(git)}</code>
      {git.dirty ? <Icon name="circle-filled" label="uncommitted changes" class="commit-dirty" /> : null}
    </span>
  );
}
