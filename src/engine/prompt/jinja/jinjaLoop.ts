import { JinjaValueError } from './jinjaError.ts';
import { Callable, isEqual, type JinjaValue, Loop } from './jinjaValue.ts';

/** What `loop` is at one of the items of a loop. `changed` keeps what it saw, so it lives as long as the loop. */
export function loopAt(items: readonly JinjaValue[], index: number, depth: number, changed: Callable): Loop {
  const { length } = items;
  const values: [string, JinjaValue][] = [
    ['index', index + 1],
    ['index0', index],
    ['revindex', length - index],
    ['revindex0', length - index - 1],
    ['first', index === 0],
    ['last', index === length - 1],
    ['length', length],
    ['depth', depth],
    ['depth0', depth - 1],
    ['cycle', cycle(index)],
    ['changed', changed],
  ];
  const [before, after] = [items[index - 1], items[index + 1]];
  if (before !== undefined) values.push(['previtem', before]);
  if (after !== undefined) values.push(['nextitem', after]);
  return new Loop(new Map(values));
}

function cycle(index: number): Callable {
  return new Callable('cycle', (values) => {
    const value = values[index % values.length];
    if (value === undefined) throw new JinjaValueError('loop.cycle wants at least one value.');
    return value;
  });
}

/** Whether the values differ from those of the call before. */
export function changedSince(): Callable {
  let last: readonly JinjaValue[] | null = null;
  return new Callable('changed', (values) => {
    const isSame = last !== null && isEqual([...last], [...values]);
    last = values;
    return !isSame;
  });
}
