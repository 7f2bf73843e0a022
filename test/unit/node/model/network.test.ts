import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { describeConnection } from '../../../../src/node/model/describeFailure.ts';
import { httpFetch } from '../../../../src/node/model/httpFetch.ts';
import { proxyFor, routeTo, setNetwork } from '../../../../src/node/model/network.ts';
import type { NetworkSettings } from '../../../../src/protocol/models.ts';
import { type FakeApi, startFakeApi } from '../../../support/fakeApi.ts';
import { type FakeProxy, startFakeProxy } from '../../../support/fakeProxy.ts';
import { selfSigned } from '../../../support/selfSigned.ts';

const PLAIN: NetworkSettings = {
  proxy: '',
  noProxy: [],
  proxySupport: true,
  strictSsl: true,
  systemCertificates: false,
};
const HOST = 'api.test';

const started: (FakeApi | FakeProxy)[] = [];
afterEach(async () => {
  setNetwork();
  for (const one of started.splice(0)) await one.stop();
});

async function api(cert?: { cert: string; key: string }): Promise<{ readonly api: FakeApi; readonly port: number }> {
  const fake = await startFakeApi(() => ({ models: ['through'] }), cert);
  started.push(fake);
  return { api: fake, port: Number(new URL(fake.url).port) };
}

async function proxy(port: number, refuse?: number): Promise<FakeProxy> {
  const fake = await startFakeProxy(port, refuse);
  started.push(fake);
  return fake;
}

async function ask(url: string): Promise<string> {
  const signal = AbortSignal.timeout(10_000);
  const response = await httpFetch(url, { method: 'GET', headers: {}, body: undefined, signal });
  return response.text();
}

async function trouble(url: string): Promise<unknown> {
  return ask(url).then(
    () => 'no trouble',
    (error: unknown) => describeConnection(error, url),
  );
}

describe('a proxy', () => {
  it('leads to servers with TLS through a tunnel, again and again on one connection', async () => {
    const { port } = await api(selfSigned(HOST));
    const { url, asked } = await proxy(port);
    setNetwork({ ...PLAIN, proxy: url.replace('://', '://me:p%40ss@'), strictSsl: false }, {});
    for (let call = 0; call < 3; call += 1) expect(await ask(`https://${HOST}/v1/models`)).toContain('through');
    expect(asked).toEqual([`CONNECT ${HOST}:443 me:p@ss`]);
  });

  it('is given the whole address of servers without TLS', async () => {
    const { port } = await api();
    const { url, asked } = await proxy(port);
    setNetwork({ ...PLAIN, proxy: url }, {});
    expect(await ask(`http://${HOST}/v1/models`)).toContain('through');
    expect(asked).toEqual([`GET http://${HOST}/v1/models`]);
  });

  it('of the environment counts where the settings name none', async () => {
    const { port } = await api();
    const { url, asked } = await proxy(port);
    setNetwork(PLAIN, { HTTP_PROXY: url });
    expect(await ask(`http://${HOST}/v1/models`)).toContain('through');
    expect(asked).toHaveLength(1);
  });

  it.each([
    [407, 'proxy-auth', 'it answered 407'],
    [403, 'proxy', 'it answered 403'],
  ])('that answers %i is told apart from the server behind it', async (status, what, detail) => {
    const { port } = await api();
    const { url } = await proxy(port, status);
    setNetwork({ ...PLAIN, proxy: url.replace('://', '://me:hunter2@') }, {});
    expect(await trouble(`https://${HOST}/v1/models`)).toEqual({
      kind: 'connection',
      baseUrl: url,
      trouble: what,
      detail,
    });
  });

  it('that is not there is named, without its password', async () => {
    const { port } = await api();
    const { url, stop } = await proxy(port);
    await stop();
    setNetwork({ ...PLAIN, proxy: url.replace('://', '://me:hunter2@') }, {});
    for (const address of [`https://${HOST}/v1`, `http://${HOST}/v1`]) {
      expect(await trouble(address)).toEqual({
        kind: 'connection',
        baseUrl: url,
        trouble: 'proxy',
        detail: 'the connection was refused',
      });
    }
  });
});

describe('proxyFor', () => {
  const P = 'http://proxy.test:3128';
  it.each<[string, Partial<NetworkSettings>, { [name: string]: string }, string | null]>([
    ['https://api.test/', { proxy: P }, { HTTPS_PROXY: 'http://other.test' }, P],
    ['https://api.test/', {}, { https_proxy: P, HTTPS_PROXY: 'http://other.test' }, P],
    ['https://api.test/', {}, { HTTPS_PROXY: 'proxy.test:3128' }, P],
    ['https://api.test/', {}, { HTTP_PROXY: P }, null],
    ['https://api.test/', { proxy: P, proxySupport: false }, {}, null],
    ['https://api.test/', { proxy: P, noProxy: ['test'] }, {}, null],
    ['https://api.test/', { proxy: P }, { NO_PROXY: 'a.b, .api.test' }, null],
    ['https://notapi.test/', { proxy: P }, { NO_PROXY: 'api.test' }, P],
    ['https://api.test/', { proxy: P }, { no_proxy: 'api.test:8443' }, P],
    ['https://api.test:8443/', { proxy: P }, { no_proxy: 'api.test:8443' }, null],
    ['https://api.test/', { proxy: P }, { no_proxy: '*' }, null],
    ['http://127.0.0.1:11434/', { proxy: P }, {}, null],
    ['http://localhost:11434/', { proxy: P }, {}, null],
    ['https://api.test/', { proxy: 'http://' }, {}, null],
  ])('%s with %j and %j', (url, settings, env, expected) => {
    setNetwork({ ...PLAIN, ...settings }, env);
    expect(proxyFor(new URL(url))).toBe(expected);
  });
});

describe('a certificate that nobody vouches for', () => {
  it('is refused in words, and taken where the settings say not to check', async () => {
    const { api: fake } = await api(selfSigned('127.0.0.1'));
    setNetwork(PLAIN, {});
    expect(await trouble(`${fake.url}/models`)).toMatchObject({
      trouble: 'tls',
      detail: 'its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
    });
    setNetwork({ ...PLAIN, strictSsl: false }, {});
    expect(await ask(`${fake.url}/models`)).toContain('through');
  });

  it('is taken when NODE_EXTRA_CA_CERTS names it, with the certificates of the system as well', async () => {
    const pair = selfSigned('localhost');
    const { port } = await api(pair);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-ca-'));
    try {
      const file = path.join(folder, 'ca.pem');
      fs.writeFileSync(file, pair.cert);
      const source = path.resolve('src/node/model');
      const script = `
        import { httpFetch } from '${source}/httpFetch.ts';
        import { setNetwork } from '${source}/network.ts';
        for (const systemCertificates of [false, true]) {
          setNetwork(${JSON.stringify(PLAIN)} && { ...${JSON.stringify(PLAIN)}, systemCertificates });
          const request = { method: 'GET', headers: {}, body: undefined, signal: undefined };
          console.log(await (await httpFetch('https://localhost:${port}/v1/models', request)).text());
        }
        process.exit(0);`;
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: file };
      const args = ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', script];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 20_000 });
      expect(stdout.match(/through/g)).toHaveLength(2);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is told from a server that speaks no TLS at all', async () => {
    const { port } = await api();
    setNetwork(PLAIN, {});
    expect(await trouble(`https://127.0.0.1:${port}/v1`)).toMatchObject({
      trouble: 'tls',
      detail: expect.stringContaining('it does not speak TLS there'),
    });
  });
});

it('without a proxy nothing is waited for', () => {
  setNetwork(PLAIN, {});
  expect(routeTo(new URL('https://api.test'))).not.toBeInstanceOf(Promise);
});

it('a host that does not exist is told as such', async () => {
  setNetwork(PLAIN, {});
  expect(await trouble('http://no-such-host.invalid/v1')).toMatchObject({
    trouble: 'dns',
    detail: 'the host is not known',
  });
});
