import { API_PROTOCOLS } from '../../engine/model/apiProtocol.ts';
import type { WireRequest } from '../../engine/model/curl.ts';
import { ModelError, type ModelRequest } from '../../engine/model/modelClient.ts';
import { secretScrubber } from '../../engine/model/scrubSecrets.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { environmentOf } from './environment.ts';
import { apiFor, type Connection, connectionTo, dialectFor, keyVariables } from './providers.ts';
import { callUrl, shownUrl } from './urls.ts';

/** Stands in for the key, so that a request can be shown before there is one. It is never sent. */
const STAND_IN = 'touchstone-shows-no-key';

/**
 * What a request would look like on the wire, with the name of an environment variable in the place of the key. Nothing is
 * sent, and no package is loaded.
 *
 * @returns a sentence where nothing goes over HTTP, or its address is not known
 */
export async function requestPreview(
  workspace: Workspace,
  request: ModelRequest,
): Promise<WireRequest | { readonly note: string }> {
  const { model } = request;
  const note = NOTES[model.provider];
  if (note !== undefined) return { note };
  const env = environmentOf(workspace, undefined);
  const connection = await connectionTo(model.provider, workspace.config, async () => STAND_IN, env);
  if (connection instanceof ModelError) return { note: `${connection.message} ${connection.remedy ?? ''}`.trim() };
  const api = apiFor(connection, model);
  const {
    model: name,
    messages,
    ...rest
  } = API_PROTOCOLS[api].toRequest(request, dialectFor(connection, model), false);
  // What a reader looks for comes first; the order means nothing to a server.
  const body = {
    ...(name === undefined ? {} : { model: name }),
    ...(messages === undefined ? {} : { messages }),
    ...rest,
  };
  const [key = 'API_KEY'] = keyVariables(model.provider, workspace.config);
  return {
    method: 'POST',
    url: shownUrl(callUrl(connection, model, api)),
    headers: headersOf(connection, api, `$${key}`),
    body: secretScrubber(connection.secrets).json(body),
  };
}

/** Models that are not asked over HTTP by Touchstone itself. */
const NOTES: { readonly [provider: string]: string | undefined } = {
  replay: 'Nothing is sent: the answers are replayed.',
  function: 'Nothing is sent: a function of yours answers.',
  command: 'Nothing is sent: a process on this machine answers.',
  http: 'The target in touchstone.yaml says how the request looks.',
  vscode: 'The editor asks its own model; it does not show how.',
};

function headersOf({ keyHeader, headers, secrets }: Connection, api: string, key: string): WireRequest['headers'] {
  const keyed =
    api === 'messages'
      ? ['x-api-key', key]
      : keyHeader === 'api-key'
        ? ['api-key', key]
        : ['authorization', `Bearer ${key}`];
  const own = secretScrubber(secrets).json({ ...headers }) as WireRequest['headers'];
  return { 'content-type': 'application/json', [keyed[0] ?? '']: keyed[1] ?? '', ...own };
}
