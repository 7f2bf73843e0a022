/** Where and why a text stops being XML. */
type XmlFault = { readonly offset: number; readonly message: string };
export type XmlScan =
  | { readonly elements: ReadonlySet<string> }
  | { readonly fault: XmlFault }
  | { readonly doctype: true };

const START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME = `[${START}][${START}.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}-]*`;
const SPACE = '[ \\t\\r\\n]';

const OPEN = new RegExp(`<(${NAME})`, 'uy');
const CLOSE = new RegExp(`</(${NAME})${SPACE}*>`, 'uy');
const ATTRIBUTE = new RegExp(`${SPACE}+(${NAME})${SPACE}*=${SPACE}*(?:"([^<"]*)"|'([^<']*)')`, 'uy');
const TAG_END = new RegExp(`${SPACE}*(/?)>`, 'uy');
const INSTRUCTION = new RegExp(`<\\?(${NAME})(?=[ \\t\\r\\n?])`, 'uy');
const DECLARATION = new RegExp(`<\\?xml${SPACE}+version${SPACE}*=${SPACE}*(?:"1\\.\\d+"|'1\\.\\d+')[^<>]*\\?>`, 'uy');
const BAD_REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them.
const BAD_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u;

/**
 * Whether a text is well-formed XML 1.0 without a document type: one root, tags that match, quoted attributes that are not
 * given twice, known references, no forbidden characters. Nesting costs no stack.
 *
 * Source: XML 1.0, fifth edition, productions 1 to 44, 66 and 68.
 */
export function scanXml(text: string): XmlScan {
  const elements = new Set<string>();
  const open: string[] = [];
  let rooted = false;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const stop = (message: string, offset = at): XmlScan => ({ fault: { offset, message } });
  const bad = BAD_CHARACTER.exec(text);
  if (bad) return stop('This character may not stand in XML.', bad.index);
  at += sticky(DECLARATION, text, at)?.[0].length ?? 0;
  while (at < text.length) {
    if (text[at] !== '<') {
      const next = text.indexOf('<', at);
      const words = text.slice(at, next === -1 ? undefined : next);
      if (open.length === 0 && /[^ \t\r\n]/.test(words)) return stop('Text stands outside of the root element.');
      if (BAD_REFERENCE.test(words)) return stop('An & begins no reference that XML knows.');
      if (words.includes(']]>')) return stop('`]]>` stands in text.');
      at += words.length;
    } else if (text.startsWith('<!--', at)) {
      const end = text.indexOf('--', at + 4);
      if (end === -1 || text[end + 2] !== '>') return stop('A comment is not closed, or has `--` in it.');
      at = end + 3;
    } else if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at);
      if (open.length === 0 || end === -1)
        return stop('A CDATA section is not closed, or outside of the root element.');
      at = end + 3;
    } else if (text.startsWith('<!DOCTYPE', at)) {
      return { doctype: true };
    } else if (text[at + 1] === '?') {
      const name = sticky(INSTRUCTION, text, at)?.[1];
      const end = text.indexOf('?>', at);
      if (name === undefined || /^xml$/i.test(name) || end === -1) return stop('A processing instruction is broken.');
      at = end + 2;
    } else if (text[at + 1] === '/') {
      const close = sticky(CLOSE, text, at);
      const last = open.pop();
      if (close === null || close[1] !== last) {
        return stop(
          last === undefined ? 'An end tag closes nothing.' : `\`<${last}>\` is not closed here, but should be.`,
        );
      }
      at += close[0].length;
    } else {
      const name = sticky(OPEN, text, at)?.[1];
      if (name === undefined) return stop('A < begins no tag.');
      if (open.length === 0 && rooted) return stop('There is a second root element.');
      const tag = readTag(text, at + 1 + name.length);
      if ('message' in tag) return stop(`\`<${name}>\`: ${tag.message}`);
      rooted = true;
      elements.add(name);
      if (!tag.empty) open.push(name);
      at = tag.end;
    }
  }
  const last = open.pop();
  if (last !== undefined) return stop(`\`<${last}>\` is not closed.`);
  return rooted ? { elements } : stop('There is no element.');
}

function readTag(text: string, from: number): { readonly end: number; readonly empty: boolean } | { message: string } {
  const names = new Set<string>();
  let at = from;
  for (let attribute = sticky(ATTRIBUTE, text, at); attribute !== null; attribute = sticky(ATTRIBUTE, text, at)) {
    const [all, name = '', double, single = ''] = attribute;
    if (names.has(name)) return { message: `the attribute ${name} is given twice.` };
    if (BAD_REFERENCE.test(double ?? single)) return { message: `an & in ${name} begins no reference that XML knows.` };
    names.add(name);
    at += all.length;
  }
  const end = sticky(TAG_END, text, at);
  if (end === null) return { message: 'an attribute without quotes, or a tag that is not closed.' };
  return { end: at + end[0].length, empty: end[1] === '/' };
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
