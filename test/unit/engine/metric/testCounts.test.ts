import { expect, it } from 'vitest';
import { testCounts } from '../../../../src/engine/metric/code/testCounts.ts';

it.each([
  ['# tests 5\n# pass 3\n# fail 2\n# cancelled 0\n', { passed: 3, all: 5 }],
  ['ℹ tests 2\nℹ pass 2\nℹ fail 0\n', { passed: 2, all: 2 }],
  ['===== 1 failed, 3 passed in 0.05s =====', { passed: 3, all: 4 }],
  ['3 passed in 0.01s', { passed: 3, all: 3 }],
  ['  4 passing (9ms)\n  1 failing\n', { passed: 4, all: 5 }],
  ['Tests:       1 failed, 2 passed, 3 total', { passed: 2, all: 3 }],
  ['test result: FAILED. 2 passed; 1 failed; 0 ignored', { passed: 2, all: 3 }],
  ['2 failed\n', { passed: 0, all: 2 }],
  ['# pass 0\n# fail 0\n', null],
  ['no tests ran', null],
  ['', null],
])('%j', (output, counts) => {
  expect(testCounts(output)).toEqual(counts);
});
