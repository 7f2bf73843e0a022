import type { TemplatePart } from './conversion.ts';

/**
 * A Handlebars template from its parts. Text means itself again: braces are escaped, a line that Handlebars would take away
 * around a block tag gets a second line break, and `~` removes what is only put in to keep roles on lines of their own, or
 * braces apart from those of a tag.
 */
export function writeTemplate(parts: readonly TemplatePart[]): string {
  let out = '';
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (part.type === 'text' && part.value.startsWith('}') && out.endsWith('}}')) out = `${out.slice(0, -2)}~}} `;
    if (part.type === 'text') out += escaped(part.value, next !== undefined && next.type !== 'text');
    else if (part.type === 'role') out += roleTag(out, part.role, next);
    else {
      const standsAlone = part.block && /(?:^|\n)[^\S\n]*$/.test(out) && startsLine(next);
      out += out.endsWith('{') ? ` {{~${part.source.slice(2)}` : part.source;
      if (standsAlone) out += '\n';
    }
  }
  return out;
}

function startsLine(next: TemplatePart | undefined): boolean {
  return next?.type === 'text' && /^[^\S\n]*\n/.test(next.value);
}

/** On a line of its own where that changes nothing of the text before and after. */
function roleTag(before: string, role: string, next: TemplatePart | undefined): string {
  const trimsBefore = before !== '' && /\S$/.test(before);
  const trimsAfter = next?.type === 'text' ? /^\S/.test(next.value) : next?.type === 'tag' && !next.block;
  const lead = before !== '' && trimsBefore ? '\n{{~' : '{{';
  return `${lead}role "${role}"${trimsAfter ? '~}}\n' : '}}'}`;
}

/** A backslash before braces would escape them, so a comment stands between what is text of both. */
function escaped(text: string, beforeTag: boolean): string {
  const braces = text.replace(/(\\*)\{\{/g, (_, slashes: string) =>
    slashes === '' ? '\\{{' : `${slashes}\\{{!}}\\{{`,
  );
  return beforeTag && /\\$/.test(braces) ? `${braces}\\` : braces;
}
