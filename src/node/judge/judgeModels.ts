import type { JudgeFields } from '../../engine/judge/judgeOption.ts';
import { judgeSpecs } from '../../engine/judge/judgeOption.ts';
import { withParts } from '../../engine/metric/partMetric.ts';
import { metricDefinition } from '../../engine/metric/registry.ts';
import { formatModelRef, type ModelRef, parseModelRef } from '../../engine/model/modelClient.ts';
import type { Located, Suite } from '../../engine/suite/suite.ts';

/** The models that judge or moderate in a suite, each once, and where it first names them. */
export function judgeModels({ metrics, judge }: Pick<Suite, 'metrics' | 'judge'>): Located<ModelRef>[] {
  const found = new Map<string, Located<ModelRef>>();
  const all = metrics.flatMap(({ value, range }) => withParts([value]).map((one) => ({ value: one, range })));
  for (const { value, range } of all) {
    const add = (model: string | undefined, place: Located<ModelRef>['range']) => {
      const ref = model === undefined ? null : parseModelRef(model);
      if (ref !== null && !found.has(formatModelRef(ref))) found.set(formatModelRef(ref), { value: ref, range: place });
    };
    const definition = metricDefinition(value.kind);
    if (definition?.usesModeration === true) add((value.options as { readonly model: string }).model, range);
    if (definition?.usesJudge === undefined) continue;
    const own = (value.options as JudgeFields).judge;
    const option = own ?? judge?.value;
    for (const { model } of option === undefined ? [] : judgeSpecs(option))
      add(model, own === undefined ? (judge?.range ?? range) : range);
  }
  return [...found.values()];
}
