import { isJsonObject, type Json } from '../src/engine/json.ts';

/**
 * What was expected, in the types of the output: a table holds texts only, so its `true` is compared with the model's true. Where
 * the two differ in more than their spelling, it stays as it was written.
 */
export function inTypesOf(expected: Json, output: string): Json {
  try {
    return alike(expected, JSON.parse(output));
  } catch {
    return expected;
  }
}

function alike(expected: Json, got: Json | undefined): Json {
  if (typeof expected === 'string') return got !== undefined && isSpelled(expected, got) ? got : expected;
  if (Array.isArray(expected))
    return Array.isArray(got) ? expected.map((item, index) => alike(item, got[index])) : expected;
  if (!isJsonObject(expected) || !isJsonObject(got)) return expected;
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [
      name,
      alike(value, Object.hasOwn(got, name) ? got[name] : undefined),
    ]),
  );
}

function isSpelled(text: string, value: Json): boolean {
  return (
    (typeof value === 'number' || typeof value === 'boolean' || value === null) && JSON.stringify(value) === text.trim()
  );
}
