/** What stands in a text as HTML: elements that are complete, and the first thing that is wrong, if any. */
export type HtmlScan = {
  readonly elements: ReadonlySet<string>;
  readonly fault: { readonly offset: number; readonly message: string } | null;
};

const VOID = names('area base br col embed hr img input link meta source track wbr');
/** The end tag may be left out. */
const OPTIONAL = names('html head body p li dt dd tr td th thead tbody tfoot caption colgroup option optgroup rp rt');
const RAW = names('script style textarea title');
const FOREIGN = names('svg math');
const OTHERS = names(
  'a abbr address article aside audio b bdi bdo blockquote button canvas cite code data datalist del details dfn dialog div dl em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup i iframe ins kbd label legend main map mark menu meter nav noscript object ol output picture pre progress q ruby s samp search section select slot small span strong sub summary sup table template time u ul var video',
);
const MARKUP = /<(?:!--|!doctype\b[^<>]*>|(\/?)([a-z][a-z0-9-]*)(?=[\s/>]))/gi;

/**
 * Reads a text as HTML in one pass. Names are those of HTML, names with a hyphen, and any within svg and math; a `<` that begins
 * no tag is text.
 */
export function scanHtml(text: string): HtmlScan {
  const open: { readonly name: string; readonly offset: number }[] = [];
  const numbers = new Map<string, number>();
  const elements = new Set<string>();
  let fault: HtmlScan['fault'] = null;
  const wrong = (offset: number, message: string) => {
    fault ??= { offset, message };
  };
  const close = () => {
    const last = open.pop();
    if (last !== undefined) numbers.set(last.name, (numbers.get(last.name) ?? 1) - 1);
    return last;
  };
  const outside = (start: number, end: number) => {
    const at = text.slice(start, end).search(/\S/);
    if (open.length === 0 && at >= 0) wrong(start + at, 'There is text outside all elements.');
  };
  let after = 0;
  const search = new RegExp(MARKUP);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const [whole, slash, written] = match;
    const offset = match.index;
    if (fault === null) outside(after, offset);
    const end = written === undefined ? endOfOther(text, offset, whole) : endOfTag(text, search.lastIndex);
    if (end < 0) {
      wrong(offset, 'What begins here does not end.');
      return { elements, fault };
    }
    search.lastIndex = end;
    after = end;
    if (written === undefined) continue;
    const name = written.toLowerCase();
    const isForeign = [...FOREIGN].some((foreign) => (numbers.get(foreign) ?? 0) > 0);
    if (!isForeign && !isKnown(name)) wrong(offset, `<${name}> is no element of HTML.`);
    if (slash === '/') {
      if ((numbers.get(name) ?? 0) === 0) {
        wrong(offset, `</${name}> closes nothing.`);
        continue;
      }
      for (let last = close(); last !== undefined && last.name !== name; last = close())
        if (!OPTIONAL.has(last.name)) wrong(last.offset, `<${last.name}> is not closed before </${name}>.`);
      if (isForeign || isKnown(name)) elements.add(name);
      continue;
    }
    const isClosed = VOID.has(name) || (isForeign && text.slice(end - 2, end) === '/>');
    if (isClosed || OPTIONAL.has(name)) elements.add(name);
    if (isClosed) continue;
    open.push({ name, offset });
    numbers.set(name, (numbers.get(name) ?? 0) + 1);
    if (RAW.has(name) && !isForeign) {
      const raw = new RegExp(`</${name}[\\s/>]`, 'gi');
      raw.lastIndex = end;
      search.lastIndex = raw.exec(text)?.index ?? text.length;
      after = search.lastIndex;
    }
  }
  if (fault === null) outside(after, text.length);
  const left = open.find(({ name }) => !OPTIONAL.has(name));
  if (left !== undefined) wrong(left.offset, `<${left.name}> is not closed.`);
  return { elements, fault };
}

function isKnown(name: string): boolean {
  return [VOID, OPTIONAL, RAW, FOREIGN, OTHERS].some((known) => known.has(name)) || /^[a-z][a-z0-9]*-/.test(name);
}

/** The place after a comment or a document type; -1 when it has no end. */
function endOfOther(text: string, offset: number, whole: string): number {
  if (whole !== '<!--') return offset + whole.length;
  const end = text.indexOf('-->', offset + 4);
  return end < 0 ? -1 : end + 3;
}

/** The place after a tag, whose attributes may hold `>` in quotes; -1 when it has no end. */
function endOfTag(text: string, from: number): number {
  const sign = /["'>]/g;
  sign.lastIndex = from;
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    if (match[0] === '>') return match.index + 1;
    const end = text.indexOf(match[0], match.index + 1);
    if (end < 0) return -1;
    sign.lastIndex = end + 1;
  }
  return -1;
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
