import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_SEGMENTED } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, quote } from '../words.ts';

const MAX_LINKS = 20_000;
/** Targets of Markdown, and addresses of the web in a text. */
const LINK =
  /\]\(([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?)\)|(?<![a-z0-9+.-])((?:https?|ftp):(?:\/\/\[[0-9a-f:.]{2,45}\])?[^\s<>"`|\\^{}[\]]{0,2000})/gi;
const RELATIVE = /^(?:[#?/.]|[\p{L}\p{N}_-]+(?:[/.#?]|$))/u;

export const linkSyntax = defineMetric({
  kind: 'link-syntax',
  family: 'json',
  summary:
    'Every link in the output is well formed; nothing is asked of the network. Without a link there is no score.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Addresses that begin with http:, https: or ftp:, and targets of Markdown links: read as browsers do (WHATWG URL), with //, a host that is a name with a dot, localhost or an IP address, no white space, and % only before two hexadecimal digits. Targets without a scheme are relative.',
  options: () => z.strictObject({ path: fields.path }),
  create: ({ path }) => ({
    signature: signature('link-syntax', { path }),
    role: 'decides',
    score: (input) => {
      const picked = pickOutput(input, path);
      if ('broken' in picked) return binary(false, sentence(picked.broken));
      const text = asText(picked.value);
      if (text.length > MAX_SEGMENTED) return unscored(`The output has more than ${MAX_SEGMENTED} characters.`);
      let links = 0;
      const faults: string[] = [];
      for (const [, target, address] of text.matchAll(LINK)) {
        links += 1;
        if (links > MAX_LINKS) return unscored(`The output has more than ${MAX_LINKS} links.`);
        const link = target === undefined ? withoutMarks(address ?? '') : withoutTitle(target);
        const fault = faultOf(link);
        if (fault !== null) faults.push(`${quote(link)} ${fault}`);
      }
      if (links === 0) return unscored('The output has no link.');
      const more = faults.length > 3 ? ` and ${faults.length - 3} more` : '';
      return faults.length === 0
        ? binary(true, `${count(links, 'link')}, all well formed.`)
        : binary(
            false,
            `${faults.length} of ${count(links, 'link')} are not well formed: ${faults.slice(0, 3).join('; ')}${more}.`,
          );
    },
  }),
});

function faultOf(link: string): string | null {
  if (link === '') return 'is empty';
  if (/\s/.test(link)) return 'has white space';
  if (/%(?![0-9a-f]{2})/i.test(link)) return 'has a % before something else than two hexadecimal digits';
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(link)?.[1]?.toLowerCase();
  if (scheme === undefined) return RELATIVE.test(link) ? null : 'cannot be read';
  const url = URL.parse(link);
  if (url === null) return 'cannot be read';
  if (!['http', 'https', 'ftp'].includes(scheme)) return null;
  if (!/^[a-z]+:\/\/[^/\\]/i.test(link)) return 'has no // with a host';
  const host = url.hostname.replace(/\.$/, '');
  if (/^\[.*\]$/.test(host) || host === 'localhost' || host.endsWith('.localhost')) return null;
  return /^[^.]+(?:\.[^.]+)+$/.test(host) ? null : `has the host ${quote(host)}, which is no full name`;
}

/** What a sentence puts behind an address is no part of it; nor is a parenthesis that it does not open. */
function withoutMarks(address: string): string {
  const plain = address.replace(/[.,;:!?*_'’”。,、)）\]]{1,8}$/u, (marks) => {
    const closes = marks.startsWith(')') && address.slice(0, -marks.length).includes('(');
    return closes ? ')' : '';
  });
  const end = plain.search(/[。,、）」]|\)(?=[^(]*$)/u);
  return end >= 0 && !plain.slice(0, end).includes('(') ? plain.slice(0, end) : plain;
}

/** `<a b> "title"` and `a 'title'`. */
function withoutTitle(target: string): string {
  const plain = target.trim().replace(/\s+(?:"[^"]*"|'[^']*')$/, '');
  return /^<.*>$/.test(plain) ? plain.slice(1, -1).replaceAll(' ', '%20') : plain;
}
