import { expect, it } from 'vitest';
import { VariableEdits } from '../../../../src/extension/playground/variableEdits.ts';

it('keeps edited values by prompt and case, and gives them back one by one or all', () => {
  const edits = new VariableEdits();
  edits.set('/a', 0, { x: 1, y: 'why' });
  edits.set('/a', 0, { x: 2 });
  edits.set('/a', 1, { x: 3 });
  edits.set('/b', 0, { x: 4 });
  expect([edits.of('/a', 0), edits.of('/a', 1), edits.of('/b', 0)]).toEqual([{ x: 2, y: 'why' }, { x: 3 }, { x: 4 }]);
  edits.reset('/a', 0, ['x']);
  expect(edits.of('/a', 0)).toEqual({ y: 'why' });
  edits.reset('/a', 0, []);
  expect([edits.of('/a', 0), edits.of('/a', 1)]).toEqual([{}, { x: 3 }]);
});

it('outlives the window, the last edited cases first', () => {
  const edits = new VariableEdits();
  for (let index = 0; index < 30; index += 1) edits.set('/a', index, { x: index });
  edits.set('/a', 0, { y: 1 });
  const again = new VariableEdits(edits.kept());
  expect(again.of('/a', 0)).toEqual({ x: 0, y: 1 });
  expect(again.of('/a', 29)).toEqual({ x: 29 });
  expect(again.of('/a', 1)).toEqual({});
  edits.set('/a', 2, { big: 'x'.repeat(300_000) });
  expect(edits.kept()).toEqual([]);
});
