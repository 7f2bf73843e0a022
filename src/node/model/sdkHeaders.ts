/**
 * The packages of providers add headers that a variable of theirs names to every request, whoever it goes to. null for each of
 * them takes it back.
 *
 * @param variable of `Name: value` lines
 */
export function sdkHeaders(variable: string): { readonly [name: string]: null } {
  const names = (process.env[variable] ?? '').split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [line.slice(0, colon).trim()] : [];
  });
  return Object.fromEntries(names.map((name) => [name, null]));
}
