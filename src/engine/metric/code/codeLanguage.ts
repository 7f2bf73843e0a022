/** Languages whose code can be looked at without running it. */
export const CODE_LANGUAGES = ['javascript', 'typescript', 'tsx', 'json', 'python'] as const;
export type CodeLanguage = (typeof CODE_LANGUAGES)[number];

const BY_FENCE: { readonly [word: string]: CodeLanguage } = {
  ...{ js: 'javascript', mjs: 'javascript', cjs: 'javascript', node: 'javascript' },
  ...{ ts: 'typescript', mts: 'typescript', cts: 'typescript' },
  // Types are allowed there, and not needed.
  ...{ jsx: 'tsx' },
  ...{ py: 'python', python3: 'python' },
};

/** The language that the word after a fence names; null for any other. */
export function languageOf(word: string): CodeLanguage | null {
  return (
    CODE_LANGUAGES.find((language) => language === word) ??
    (Object.hasOwn(BY_FENCE, word) ? BY_FENCE[word] : null) ??
    null
  );
}
