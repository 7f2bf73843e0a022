import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelError } from '../../../../src/engine/model/modelClient.ts';
import { environmentOf, expandHeaders } from '../../../../src/node/model/environment.ts';
import { modelResolver } from '../../../../src/node/model/resolveModel.ts';
import { openWorkspace } from '../../../../src/node/workspace/openWorkspace.ts';
import { startFakeApi } from '../../../support/fakeApi.ts';
import { modelRequest } from '../../../support/modelRequest.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-env-'));
  fs.writeFileSync(path.join(folder, 'touchstone.yaml'), '');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const variable = (name: string) => `\${env:${name}}`;
const write = (text: string) => fs.writeFileSync(path.join(folder, '.env'), text);

describe('environmentOf', () => {
  it('adds the .env of a trusted workspace below the environment', () => {
    write('# keys\nexport A_KEY="from file" # why\nB_KEY=from-file\nC_KEY=\n');
    const workspace = openWorkspace(folder);
    expect(environmentOf(workspace, { B_KEY: 'real', A_KEY: '' })).toMatchObject({ A_KEY: 'from file', B_KEY: 'real' });
    expect(environmentOf(openWorkspace(folder, { trusted: false }), { B_KEY: 'real' })).toEqual({ B_KEY: 'real' });
    fs.rmSync(path.join(folder, '.env'));
    expect(environmentOf(workspace, { B_KEY: 'real' })).toEqual({ B_KEY: 'real' });
  });

  it('gives a key that is used, and removed from what is shown', async () => {
    const api = await startFakeApi(() => ({ output: 'It is sk-from-dotenv-1.' }));
    try {
      write(`OPENAI_API_KEY=sk-from-dotenv-1\nOPENAI_BASE_URL=${api.url}\n`);
      const context = { workspace: openWorkspace(folder), folder, access: { env: {} } };
      const client = await modelResolver(context)({ provider: 'openai', name: 'gpt-test' });
      if (client instanceof ModelError) throw client;
      const answer = await client.generate(modelRequest(), { signal: AbortSignal.timeout(10_000) });
      expect(api.requests[0]?.headers.authorization).toBe('Bearer sk-from-dotenv-1');
      expect(answer.output).toBe('It is [key removed].');
    } finally {
      await api.stop();
    }
  });
});

describe('expandHeaders', () => {
  it('puts variables in and knows what is secret', () => {
    const headers = {
      Authorization: `Bearer ${variable('T')}`,
      'X-Team': `a ${variable('TEAM')}`,
      'X-Title': 'b',
      'X-Api-Key': 'written',
    };
    expect(expandHeaders(headers, { T: 'token', TEAM: 'red' }, 'here')).toEqual({
      headers: { Authorization: 'Bearer token', 'X-Team': 'a red', 'X-Title': 'b', 'X-Api-Key': 'written' },
      secrets: ['token', 'Bearer token', 'red', 'written'],
    });
  });

  it('says which variable is not set, and where it is named', () => {
    const refused = expandHeaders({ A: variable('NONE') }, { NONE: '' }, 'providers.lab.headers');
    expect(refused).toMatchObject({
      code: 'missing-key',
      message: 'The environment variable NONE, which providers.lab.headers names, is not set.',
    });
  });
});
