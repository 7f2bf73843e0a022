import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { toCurl, toHttp, type WireRequest } from '../../../../src/engine/model/curl.ts';

const REQUEST: WireRequest = {
  method: 'POST',
  url: 'https://api.example.com/v1/chat/completions?a=1&b=$HOME',
  headers: { 'content-type': 'application/json', authorization: 'Bearer $OPENAI_API_KEY', 'x-odd': 'it\'s `id` "q"' },
  body: { messages: [{ role: 'user', content: 'It\'s $HOME, `whoami` and \\ "this"\n<b>' }] },
};

it('makes a command whose arguments a shell reads as they were meant', () => {
  // A shell function stands in for the program and prints what it is given.
  const script = `curl() { printf '%s\\0' "$@"; }; OPENAI_API_KEY=sk-1\n${toCurl(REQUEST)}`;
  const given = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
  expect(given).toEqual([
    REQUEST.url,
    ...[
      '-H',
      'content-type: application/json',
      '-H',
      'authorization: Bearer sk-1',
      '-H',
      `x-odd: ${REQUEST.headers['x-odd']}`,
    ],
    ...['-d', JSON.stringify(REQUEST.body, null, 2)],
  ]);
});

it('shows the request with its key by name', () => {
  expect(toHttp(REQUEST).split('\n').slice(0, 4)).toEqual([
    `POST ${REQUEST.url}`,
    'content-type: application/json',
    'authorization: Bearer $OPENAI_API_KEY',
    `x-odd: ${REQUEST.headers['x-odd']}`,
  ]);
  expect(toCurl(REQUEST)).toContain('"authorization: Bearer $OPENAI_API_KEY"');
});
