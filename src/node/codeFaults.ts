import { tsPlugin } from '@sveltejs/acorn-typescript';
import { type Options, Parser } from 'acorn';
import type { CodeLanguage } from '../engine/metric/code/codeLanguage.ts';

/** The one place that knows the parsers of code. */

const PARSERS = {
  javascript: Parser,
  typescript: Parser.extend(tsPlugin()),
  tsx: Parser.extend(tsPlugin({ jsx: true })),
};

/**
 * What keeps a text from being code of a language, in words with the line; null where nothing does. Nothing is run.
 *
 * @throws never: what the parser cannot bear is told as a fault
 */
export function codeFault(language: Exclude<CodeLanguage, 'python'>, text: string): string | null {
  if (language === 'json') return jsonFault(text);
  const asModule = faultAs(language, text, 'module');
  if (asModule === null) return null;
  // A script may say what a module may not: `with`, octal numbers, `await` as a name.
  const asScript = language === 'javascript' ? faultAs(language, text, 'script') : asModule;
  return asScript === null ? null : asModule;
}

function faultAs(language: keyof typeof PARSERS, text: string, sourceType: Options['sourceType']): string | null {
  try {
    // The plugin wants locations.
    PARSERS[language].parse(text, { ecmaVersion: 'latest', sourceType, locations: true, allowHashBang: true });
    return null;
  } catch (error) {
    if (error instanceof RangeError) return 'it is nested too deeply';
    return words(error);
  }
}

function jsonFault(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return words(error);
  }
}

/** acorn says "Unexpected token (3:7)". */
function words(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/ \((\d+):\d+\)$/, ' in line $1');
}
