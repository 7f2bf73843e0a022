import { ModelError } from '../../engine/model/modelClient.ts';
import type { ModelOffers, ProviderOffer } from '../../protocol/models.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ModelAccess } from './access.ts';
import { KNOWN, knownProvider } from './knownProviders.ts';
import type { Connection } from './providers.ts';
import { connect } from './resolveModel.ts';
import { isPrivateHost, shownUrl } from './urls.ts';

/** What can be asked in a workspace, without asking anything. */
export async function modelOffers(workspace: Workspace, access: ModelAccess): Promise<ModelOffers> {
  const known = Object.entries(KNOWN).flatMap(([name, { alias }]) => (alias ? [] : [name]));
  const names = [...new Set([...known, ...Object.keys(workspace.config.providers)])];
  const connections = await Promise.all(names.map((name) => connect(name, { workspace, access })));
  const ready = connections.flatMap((connection) => (connection instanceof ModelError ? [] : [connection]));
  const { http = {}, command = {} } = workspace.config.targets ?? {};
  return {
    local: ready.filter(isLocal).map(toOffer),
    keyed: ready.filter((connection) => !isLocal(connection)).map(toOffer),
    targets: [
      ...Object.keys(http).map((name) => `http/${name}`),
      ...Object.keys(command).map((name) => `command/${name}`),
    ],
  };
}

function isLocal({ baseUrl }: Connection): boolean {
  return isPrivateHost(baseUrl);
}

function toOffer({ provider, baseUrl, keyFrom }: Connection): ProviderOffer {
  const known = knownProvider(provider);
  const address = shownUrl(baseUrl);
  return { provider, label: known?.label ?? provider, address, keyFrom, model: known?.model ?? null };
}
