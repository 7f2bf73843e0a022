import fs from 'node:fs';
import { createRequire } from 'node:module';
import * as oniguruma from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

const require = createRequire(import.meta.url);
const FILE = new URL('../../../syntaxes/prompt.tmLanguage.json', import.meta.url);

/** Small stand-ins for the editor's own grammars, with the rules that a careless embedding runs away with. */
const EMBEDDED: { readonly [scope: string]: object } = {
  'source.yaml': {
    patterns: [
      { name: 'comment.line.yaml', match: '#.*$' },
      { name: 'string.unquoted.block.yaml', begin: '[|>]\\s*$', while: '^(?=\\s|$)' },
      { match: '([\\w.?()-]+)(:)(?=\\s|$)', captures: { 1: { name: 'entity.name.tag.yaml' } } },
    ],
  },
  'source.json': { patterns: [{ name: 'string.quoted.json', begin: '"', end: '"' }] },
  'text.html.markdown': {
    patterns: [
      { match: '^#+ (.*)$', captures: { 1: { name: 'markup.heading.markdown', patterns: [{ match: '_' }] } } },
      {
        name: 'markup.fenced_code.json.markdown',
        begin: '^```json$',
        end: '^```$',
        patterns: [{ include: 'source.json' }],
      },
      {
        name: 'meta.paragraph.markdown',
        begin: '^(?=\\S)',
        while: '^(?=[-=]{3,}$)',
        patterns: [{ name: 'markup.bold.markdown', begin: '\\*\\*', end: '\\*\\*' }],
      },
    ],
  },
};

export async function promptGrammar(): Promise<IGrammar> {
  const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scopeName) => {
      if (scopeName === 'text.prompt.touchstone') return parseRawGrammar(fs.readFileSync(FILE, 'utf8'), 'p.json');
      const grammar = EMBEDDED[scopeName];
      return grammar ? parseRawGrammar(JSON.stringify({ scopeName, ...grammar }), 'e.json') : null;
    },
  });
  const grammar = await registry.loadGrammar('text.prompt.touchstone');
  if (!grammar) throw new Error('the grammar cannot be read');
  return grammar;
}

/** `text  scope scope` for every token that is not white space, with the scopes that all tokens share left out. */
export function tokensOf(grammar: IGrammar, text: string): string[] {
  let stack = INITIAL;
  return text.split('\n').flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens
      .map(({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex).trim(), scopes.slice(1)] as const)
      .filter(([token]) => token !== '')
      .map(([token, scopes]) => `${token}  ${scopes.join(' ')}`);
  });
}

/** The innermost scope of the first token with this text. */
export function scopeOf(tokens: readonly string[], token: string): string | undefined {
  return tokens
    .find((line) => line.startsWith(`${token}  `))
    ?.split(' ')
    .at(-1);
}
