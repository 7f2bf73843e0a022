import { TouchstoneError } from '../../engine/error.ts';
import type { Workspace } from './workspace.ts';

/** Stands before everything that calls a model or runs code which a workspace names. @throws TouchstoneError `untrusted` */
export function requireTrust({ trusted }: Pick<Workspace, 'trusted'>): void {
  if (trusted) return;
  throw new TouchstoneError('untrusted', 'This workspace is not trusted, so no model is called for it.', {
    remedy: 'Previews work; trust the workspace to run and evaluate.',
  });
}
