import type { Json } from '../json.ts';

/** A request as it goes over the wire, with the names of environment variables (`$OPENAI_API_KEY`) where its keys stand. */
export type WireRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: Json;
};

/** The request as a command for a POSIX shell. Nothing of it is expanded but the keys. */
export function toCurl({ method, url, headers, body }: WireRequest): string {
  const parts = [
    `curl ${quoted(url)}`,
    ...(method === 'POST' ? [] : [`-X ${quoted(method)}`]),
    ...Object.entries(headers).map(
      ([name, value]) => `-H ${KEY.test(value) ? expanded(name, value) : quoted(`${name}: ${value}`)}`,
    ),
    `-d ${quoted(JSON.stringify(body, null, 2))}`,
  ];
  return parts.join(' \\\n  ');
}

/** The request as text: its line, its headers, its body. */
export function toHttp({ method, url, headers, body }: WireRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${url}`, ...lines, '', JSON.stringify(body, null, 2)].join('\n');
}

const KEY = /\$[A-Z_][A-Z0-9_]*/;

/** In single quotes a shell takes everything as it is, but for the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** In double quotes, where the key's variable is read; everything else that a shell would read is escaped. */
function expanded(name: string, value: string): string {
  const at = value.search(KEY);
  const key = KEY.exec(value)?.[0] ?? '';
  const safe = (text: string) => text.replace(/["\\$`]/g, '\\$&');
  return `"${safe(`${name}: ${value.slice(0, at)}`)}${key}${safe(value.slice(at + key.length))}"`;
}
