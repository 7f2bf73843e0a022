import { canonicalJson } from '../../engine/json.ts';
import { paramProblems } from '../../engine/model/paramProblems.ts';
import { AT_START, type Problem, type SourceRange } from '../../engine/problem.ts';
import type { PromptDocument } from '../../engine/prompt/promptDocument.ts';
import { parseSuite } from '../../engine/suite/parseSuite.ts';
import type { LoadedSuite } from '../../node/workspace/loadSuite.ts';

/** What is doubtful of the parameters that the variants of a suite are asked with, each once. */
export function doubtfulParams({ suite, suiteText, variants }: LoadedSuite): Problem[] {
  let rangeOf: ((path: readonly (string | number)[]) => SourceRange) | undefined;
  const found = variants.flatMap(({ params, closure: { document } }) =>
    paramProblems(params, (name) => {
      const own = document.metadata.config;
      if (isSame(own?.[name], params[name])) return placeInPrompt(document, name);
      if (!Object.hasOwn(suite.params, name)) return { file: suite.path, range: AT_START };
      rangeOf ??= parseSuite(suiteText, suite.path).rangeOf;
      return { file: suite.path, range: rangeOf(['params', name]) };
    }),
  );
  const unique = new Map(found.map((problem) => [canonicalJson([problem.file, problem.message]), problem]));
  return [...unique.values()];
}

/** Where the front matter of a prompt sets a parameter. */
export function placeInPrompt({ path, keyRanges }: PromptDocument, name: string) {
  return { file: path, range: keyRanges.get(`config.${name}`) ?? keyRanges.get('config') ?? AT_START };
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}
