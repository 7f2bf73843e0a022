import type { GitState } from '../../src/engine/run/run.ts';
import { shortCommit } from '../format.ts';
import { Icon } from './icon.tsx';

/** The commit that was checked out, with a mark when the files or buffers had other text. */
export function Commit({ git }: { readonly git: GitState }) {
  return (
    <span
      class="commit"
      title={git.dirty ? `${git.commit}, with changes that are not committed or not saved` : git.commit}
    >
      <Icon name="git-commit" />
      <code>{shortCommit(git)}</code>
      {git.dirty ? <span class="commit-dirty">+ edits</span> : null}
    </span>
  );
}
