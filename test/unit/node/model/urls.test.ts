import { describe, expect, it } from 'vitest';
import { isSameService, shownUrl, urlSecrets } from '../../../../src/node/model/urls.ts';

describe('shownUrl', () => {
  it.each([
    ['http://127.0.0.1:8000', 'http://127.0.0.1:8000'],
    ['https://me:secret@x.example/v1?key=secret#secret', 'https://x.example/v1'],
    ['me:secret@x.example/v1?key=secret', 'x.example/v1'],
    ['//me:secret@x.example/v1?key=secret', '//x.example/v1'],
    ['nonsense', 'nonsense'],
  ])('%s', (address, expected) => expect(shownUrl(address)).toBe(expected));
});

describe('urlSecrets', () => {
  it('are user, password and query, as written and as meant', () => {
    expect(urlSecrets('https://me:p%40ss@x.example/v1?api-version=2024-10-21&key=a%2Fb+c&sig=100%').sort()).toEqual(
      ['me', 'p%40ss', 'p@ss', 'a%2Fb+c', 'a/b c', '100%'].sort(),
    );
    expect(urlSecrets('https://me:100%@x.example')).toEqual(['me', '100%']);
    expect(urlSecrets('https://x.example/v1?api-version=2024-10-21')).toEqual([]);
    expect(urlSecrets('nonsense')).toEqual([]);
  });
});

describe('isSameService', () => {
  it.each([
    ['https://api.openai.com/v1', true],
    ['https://eu.api.openai.com/v1', true],
    ['http://api.openai.com/v1', false],
    ['https://api.openai.com.evil.example/v1', false],
    ['https://evil-api.openai.com/v1', false],
    ['https://api.openai.com@evil.example/v1', false],
    ['nonsense', false],
  ])('%s: %s', (address, same) => expect(isSameService(address, 'https://api.openai.com/v1')).toBe(same));
});
