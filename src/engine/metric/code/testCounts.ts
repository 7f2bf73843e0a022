/** How many tests passed, of how many. */
export type TestCounts = { readonly passed: number; readonly all: number };

const WORDS: readonly (readonly [passed: RegExp, failed: RegExp])[] = [
  // TAP and the reporters of node --test
  [/^(?:#|ℹ) pass (\d+)\s*$/gm, /^(?:#|ℹ) fail (\d+)\s*$/gm],
  // pytest, vitest, jest, mocha, cargo
  [/\b(\d+) pass(?:ed|ing)\b/g, /\b(\d+) fail(?:ed|ing|ures?)\b/g],
];

/** What test runners say at their end; null where none of their words is there. */
export function testCounts(output: string): TestCounts | null {
  for (const [passing, failing] of WORDS) {
    const [passed, failed] = [lastNumber(output, passing), lastNumber(output, failing)];
    if (passed === null && failed === null) continue;
    const all = (passed ?? 0) + (failed ?? 0);
    return all === 0 ? null : { passed: passed ?? 0, all };
  }
  return null;
}

function lastNumber(text: string, pattern: RegExp): number | null {
  const last = [...text.matchAll(pattern)].at(-1);
  return last ? Number(last[1]) : null;
}
