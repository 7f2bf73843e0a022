import type { JsonObject } from '../json.ts';
import type { Problem, SourceRange } from '../problem.ts';
import { paramFault } from './modelParams.ts';

/**
 * What is doubtful of parameters, as warnings: providers have parameters of their own, and know best what they take.
 *
 * @param placeOf where a parameter of this name stands
 */
export function paramProblems(
  params: JsonObject,
  placeOf: (name: string) => { readonly file: string; readonly range: SourceRange },
): Problem[] {
  return Object.entries(params).flatMap(([name, value]): Problem[] => {
    const fault = paramFault(name, value ?? null);
    if (fault === null) return [];
    const { code, message, remedy } = fault;
    return [{ severity: 'warning', code, message, remedy, ...placeOf(name) }];
  });
}
