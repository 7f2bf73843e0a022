declare module 'vader-sentiment/src/vader_lexicon.js' {
  export const lexicon: { readonly [word: string]: number };
}
