import type { Detector } from './spans.ts';

/** A key of letters drawn at random has more; `sk-xxxxxxxx` and `<your key>` less. */
const MIN_BITS = 3;

/** Keys by the form that their makers document, each bounded so that a long run costs no more than it is long. */
const KEYS: readonly (readonly [kind: string, form: string])[] = [
  ['aws-key', '(?:AKIA|ASIA)[A-Z2-7]{16}'],
  ['anthropic-key', 'sk-ant-[\\w-]{20,400}'],
  ['openai-key', 'sk-(?:proj-|svcacct-|admin-)?[\\w-]{20,400}'],
  ['github-token', 'gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\\w{40,255}'],
  ['gitlab-token', 'glpat-[\\w-]{20,255}'],
  ['google-key', 'AIza[\\w-]{35}'],
  ['huggingface-token', 'hf_[A-Za-z0-9]{30,60}'],
  ['npm-token', 'npm_[A-Za-z0-9]{36}'],
  ['pypi-token', 'pypi-AgEI[\\w-]{50,400}'],
  ['sendgrid-key', 'SG\\.[\\w-]{22}\\.[\\w-]{43}'],
  ['slack-token', 'xox[abeprs]-[A-Za-z0-9-]{10,255}'],
  ['stripe-key', '[rs]k_live_[A-Za-z0-9]{16,255}'],
  ['jwt', 'eyJ[\\w-]{8,2000}\\.eyJ[\\w-]{8,8000}\\.[\\w-]{16,2000}'],
];

const PASSWORD =
  /(?<![A-Za-z])(?:passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key|auth[_-]?token|access[_-]?token)["']?\s{0,3}[:=]\s{0,3}["']?([^\s"'`,;<>{}]{8,200})/gi;

export const SECRETS: readonly Detector[] = [
  { kind: 'private-key', pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g },
  ...KEYS.map(([kind, form]): Detector => {
    const pattern = new RegExp(`(?<![\\w-])(?:${form})(?![\\w-])`, 'g');
    return { kind, pattern, accepts: (match) => bitsPerSign(match) >= MIN_BITS };
  }),
  {
    kind: 'url-password',
    pattern: /:\/\/[^\s:/?#@]{1,100}:[^\s:/?#@]{3,100}@/g,
    accepts: (match) => !/[<>{}$*]/.test(match),
  },
  // A word that is no key ("password: required") has no digit, or few different signs.
  {
    kind: 'password',
    pattern: PASSWORD,
    accepts: (match) => {
      const value = match.replace(/^[^:=]*[:=]\s*["']?/, '');
      return /\d/.test(value) && /[A-Za-z]/.test(value) && bitsPerSign(value) >= MIN_BITS;
    },
  },
];

export const SECRET_KINDS: readonly [string, ...string[]] = [
  'private-key',
  ...KEYS.map(([kind]) => kind),
  'url-password',
  'password',
];

/** Shannon entropy of the signs of a text, in bits. */
function bitsPerSign(text: string): number {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let bits = 0;
  for (const number of counts.values()) bits -= (number / text.length) * Math.log2(number / text.length);
  return bits;
}
