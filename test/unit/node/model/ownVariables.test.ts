import { afterEach, describe, expect, it, vi } from 'vitest';
import { ModelError } from '../../../../src/engine/model/modelClient.ts';
import type { Environment } from '../../../../src/node/model/environment.ts';
import { openaiClient } from '../../../../src/node/model/openaiClient.ts';
import { connectionTo } from '../../../../src/node/model/providers.ts';
import type { TouchstoneConfig } from '../../../../src/node/workspace/touchstoneConfig.ts';
import { type FakeApi, startFakeApi } from '../../../support/fakeApi.ts';
import { modelRequest } from '../../../support/modelRequest.ts';

const never = new AbortController().signal;
let api: FakeApi | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await api?.stop();
  api = undefined;
});

async function clientOf(provider: string, env: Environment, providers: TouchstoneConfig['providers'] = {}) {
  const connection = await connectionTo(provider, { providers, prices: {} }, async () => null, env);
  if (connection instanceof ModelError) throw connection;
  return openaiClient({ ...connection, maxRetries: 0 });
}

describe("OpenAI's own variables", () => {
  const sentHeaders = async (provider: string, env: Environment, providers: TouchstoneConfig['providers'] = {}) => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-private');
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-private');
    vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin-private');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Team: private\nX-Title: private\nAuthorization: Bearer private');
    const client = await clientOf(provider, env, providers);
    await client.generate(modelRequest(), { signal: never });
    return api?.requests[0]?.headers ?? {};
  };

  it('stay away from other providers', async () => {
    api = await startFakeApi();
    const headers = await sentHeaders(
      'lab',
      { LAB_API_KEY: 'lab-key-1' },
      {
        lab: { baseUrl: api.url, headers: { 'X-Title': 'mine' } },
      },
    );
    expect(JSON.stringify(headers)).not.toContain('private');
    expect(headers).toMatchObject({ authorization: 'Bearer lab-key-1', 'x-title': 'mine' });
  });

  it('stay away from a server that touchstone.yaml puts in the place of OpenAI', async () => {
    api = await startFakeApi();
    const headers = await sentHeaders('openai', { OPENAI_API_KEY: 'sk-key-1234' }, { openai: { baseUrl: api.url } });
    expect(JSON.stringify(headers)).not.toContain('private');
  });

  it('go where the environment itself says that OpenAI is', async () => {
    api = await startFakeApi();
    const headers = await sentHeaders('openai', { OPENAI_API_KEY: 'sk-key-1234', OPENAI_BASE_URL: api.url });
    expect(headers).toMatchObject({
      'openai-organization': 'org-private',
      'openai-project': 'proj-private',
      'x-team': 'private',
    });
  });
});

it.each([
  ['localhost:11434/v1', 'localhost:11434/v1'],
  ['me:secret-1@lab.example/v1', 'lab.example/v1'],
])('an address without http:// is told as such, without its secrets: %s', async (address, shown) => {
  const refusal = await connectionTo('lab', { providers: {}, prices: {} }, async () => null, { LAB_BASE_URL: address });
  expect(refusal).toMatchObject({ code: 'unknown-provider', message: `The address of lab is no URL: ${shown}.` });
});
