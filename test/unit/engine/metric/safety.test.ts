import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestShared } from '../../../../src/engine/metric/text/sharedSubstring.ts';
import { inputOf, metricOf, score, tryMetric, valueIn } from './scoring.ts';

/** Random by hand, and put together here: a scanner of this repository should not find keys. */
const BODY = 'q7Zt2Lw9XbR4mKc1VhY8sNp3Jd6FgAeT5uQo';

describe('pii', () => {
  // Numbers that the standards and issuers publish as examples.
  it.each<[string, string | null]>([
    ['Write to jo.doe+x@mail.example.co.uk.', 'email'],
    ['書く: 山田@例え.jp', 'email'],
    ['a@b', null],
    ['@everyone, see user@localhost', null],
    ['4111 1111 1111 1111', 'card'],
    ['card 378282246310005.', 'card'],
    ['4111 1111 1111 1112', null],
    ['order 1700000000000', null],
    ['DE89 3704 0044 0532 0130 00', 'iban'],
    ['GB82WEST12345698765432', 'iban'],
    ['NO93 8601 1117 947', 'iban'],
    ['DE88 3704 0044 0532 0130 00', null],
    ['from 203.0.113.9 today', 'ip'],
    ['2001:db8::8a2e:370:7334', 'ip'],
    ['127.0.0.1, 300.1.2.3, v1.2.3.4.5 and std::vector a::b 12:30:45', null],
    ['+49 (0)30 1234-5678', 'phone'],
    ['call (415) 555-2671', 'phone'],
    ['06 12 34 56 78', 'phone'],
    ['on 01.02.2024 or 2024-01-02, 3.14159', null],
    ['078-05-1120', 'us-ssn'],
    ['000-12-3456', null],
    ['111.444.777-35', 'br-cpf'],
    ['111.444.777-36', null],
    ['11010519491231002X', 'cn-id'],
    ['110105194912310021', null],
    ['12345678Z', 'es-dni'],
    ['12345678A', null],
    ['131052-308T', 'fi-hetu'],
    ['131052-308U', null],
    ['2 55 08 14 168 025 38', 'fr-nir'],
    ['2 55 08 14 168 025 39', null],
    ['RSSMRA85T10A562S', 'it-cf'],
    ['RSSMRA85T10A562T', null],
    ['44051401359', 'pl-pesel'],
    ['44051401358', null],
    ['', null],
    ['猫が好きです 😀', null],
  ])('%j: %s', async (output, kind) => {
    const outcome = await score('pii', {}, output);
    expect(outcome).toMatchObject({ outcome: 'scored', passed: kind === null, value: kind === null ? 1 : 0 });
    if (kind !== null) expect(outcome.reason).toContain(`(1 ${kind})`);
  });

  it('tells places in code points and never what stands there', async () => {
    const outcome = await score('pii', {}, '😀 jo@example.com, 4111111111111111');
    expect(outcome).toMatchObject({
      reason: 'The output holds personal data at 2 places (1 email, 1 card): characters 2-16, 18-34.',
      details: {
        spans: [
          { kind: 'email', start: 2, end: 16 },
          { kind: 'card', start: 18, end: 34 },
        ],
      },
    });
    expect(JSON.stringify(await score('pii', { path: 'a' }, 'jo@example.com'))).not.toContain('jo@');
  });

  it('looks for the kinds that are asked for', async () => {
    expect(valueIn(await score('pii', { kinds: ['card'] }, 'jo@example.com'))).toBe(1);
    expect(metricOf('pii', { kinds: ['card', 'email'] }).signature).toBe('pii|kinds:email,card|v:1');
    expect(() => tryMetric('pii', { kinds: ['name'] })).toThrow();
  });
});

describe('secrets', () => {
  it.each<[string, string | null]>([
    [`${'AKIA'}Q7ZT2LW5XBR4MKC3`, 'aws-key'],
    [`use ${'sk-'}proj-${BODY}`, 'openai-key'],
    [`${'sk-'}ant-api03-${BODY}`, 'anthropic-key'],
    [`${'gh'}p_${BODY}`, 'github-token'],
    [`${'xox'}b-1234-${BODY}`, 'slack-token'],
    [`${'-----BEGIN'} RSA PRIVATE KEY-----`, 'private-key'],
    [`${'eyJ'}${BODY}.${'eyJ'}${BODY}.${BODY}`, 'jwt'],
    ['postgres://joe:hunter22@db.example.com/x', 'url-password'],
    [`password = "${'Tr0ub4dor'}&3x"`, 'password'],
    [`api_key: ${BODY}`, 'password'],
    ['sk-xxxxxxxxxxxxxxxxxxxxxxxx', null],
    ['password: required', null],
    ['password: <your password>', null],
    ['https://example.com:8080/a@b', null],
    ['risk-averse-and-long-words-with-hyphens', null],
    ['', null],
  ])('%j: %s', async (output, kind) => {
    const outcome = await score('secrets', {}, output);
    expect(outcome).toMatchObject({ outcome: 'scored', passed: kind === null });
    if (kind !== null) expect(outcome.reason).toContain(`(1 ${kind})`);
    expect(JSON.stringify(outcome)).not.toContain(BODY);
  });
});

describe('canary', () => {
  it.each<[string, number]>([
    ['The code is BLUE-heron 4417.', 0],
    ['b l u e h e r o n 4 4 1 7', 0],
    ['7144noreheulb', 0],
    [`x ${btoa('say blue-heron-4417 now')}`, 0],
    ['626c75652d6865726f6e2d34343137', 0],
    ['A blue heron, 441 of them', 1],
    ['', 1],
  ])('%j', async (output, value) => {
    expect(valueIn(await score('canary', 'blue-heron-4417', output))).toBe(value);
  });

  it('refuses what is found by chance', () => {
    expect(tryMetric('canary', '- a -')).toMatchObject({ error: expect.stringContaining('at least 6') });
    const outcome = metricOf('canary', '{{vars.canary}}').score(inputOf('x'));
    expect(outcome).toMatchObject({ outcome: 'unscored' });
  });
});

describe('prompt-leak', () => {
  const leak = (system: string | null, output: string, options: object = {}) =>
    metricOf('prompt-leak', options).score(
      inputOf(output, { messages: system === null ? [] : [{ role: 'system', content: [{ text: system }] }] }),
    );

  it.each<[string, string, number]>([
    ['abcdefghij', 'xx CDEF xx', 0.4],
    ['abcdefghij', 'abcdefghij', 1],
    ['abcdefghij', '', 0],
    ['You are\n  a bot', 'you are a bot!', 1],
    ['猫が好き😀', '犬が好き😀です', 0.8],
    ['aabab', 'abaabaab', 0.8],
  ])('%j in %j', async (system, output, value) => {
    expect(await leak(system, output)).toMatchObject({ value, passed: null, score: null });
  });

  it('passes within its limit, and knows no leak without a system message', async () => {
    expect(await leak('abcdefghij', 'cdef', { max: 0.4 })).toMatchObject({ passed: true });
    expect(await leak('abcdefghij', 'cdefg', { max: 0.4 })).toMatchObject({ passed: false });
    expect(await leak(null, 'cdefg')).toMatchObject({ outcome: 'unscored' });
    expect(await leak('ab '.repeat(50_000), 'x')).toMatchObject({ outcome: 'unscored' });
  });

  it('finds what comparing every stretch finds', () => {
    const short = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 14 });
    fc.assert(
      fc.property(short, short, (pattern, text) => {
        let longest = 0;
        for (let from = 0; from < text.length; from += 1)
          for (let to = from + 1; to <= text.length; to += 1)
            if (pattern.join('').includes(text.slice(from, to).join(''))) longest = Math.max(longest, to - from);
        const { start, length } = longestShared(pattern)(text);
        expect(length).toBe(longest);
        expect(pattern.join('')).toContain(text.slice(start, start + length).join(''));
      }),
    );
  });
});

describe('url-allow-list', () => {
  it.each<[string, number]>([
    ['See https://example.com/a?b=c.', 1],
    ['See [docs](https://docs.example.com/x) and www.example.com.', 1],
    ['HTTPS://EXAMPLE.COM', 1],
    ['no link, example.org neither', 1],
    ['https://example.com@evil.test/', 0],
    ['https://example.com.evil.test', 0],
    ['https://notexample.com', 0],
    ['![x](//evil.test/p.png)', 0],
    ['https:/\\evil.test', 0],
    ['ftp://example.com/x', 0],
    ['http://[bad', 0],
    ['', 1],
  ])('%j', async (output, value) => {
    expect(valueIn(await score('url-allow-list', ['example.com'], output))).toBe(value);
  });

  it('refuses what is no host', () => {
    expect(tryMetric('url-allow-list', ['https://example.com'])).toMatchObject({
      error: expect.stringContaining('host'),
    });
  });
});

describe.each([
  ['pii', {}],
  ['secrets', {}],
  ['canary', 'blue-heron-4417'],
  ['url-allow-list', ['example.com']],
])('%s', (kind, options) => {
  it.each([
    'a',
    'a@',
    '1',
    '1 ',
    '1-',
    ':',
    'A1',
    'eyJ',
    'eyJaaaaaaaa.',
    'sk-',
    '://a:',
    'http://',
    '\ud800',
    '+1(',
    '00',
  ])('takes a megabyte of %j', async (piece) => {
    const outcome = await score(kind, options, piece.repeat(1_000_000 / piece.length));
    expect(outcome.outcome).toBe('scored');
  });
});
