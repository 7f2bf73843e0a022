import * as z from 'zod';
import { isJsonObject, type Json } from '../../json.ts';
import { toFunction } from '../../model/functionTool.ts';
import { defineMetric } from '../defineMetric.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { graded, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, digits } from '../words.ts';
import { type Call, callsPath } from './readCalls.ts';
import { stepsOf } from './steps.ts';

export const mcpUse = defineMetric({
  kind: 'mcp-use',
  family: 'tool-calls',
  summary:
    'How what an agent used of its MCP servers, tools, resources and prompts, fits with what they have: the share of the uses that are of something there, or of what is there that was used.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Own definition over the conversation and the answer, without a judge; the mcp-use of DeepEval asks one, as tool-use does here. A use is a call of `mcp__server__tool`, `server__tool`, `server/tool`, `server.tool` or the bare tool, or a reading call whose `uri` (resources/read) or `name` (prompts/get) is what is used.',
  options: () =>
    z.strictObject({
      available: z.json().optional().meta({
        description:
          'What the servers have: a mapping of server to names, or a list of names; may be a template. By default the functions that the model was offered.',
      }),
      mode: z.enum(['known', 'coverage']).optional().meta({
        description: 'known (default): the share of the uses that are available; coverage: of what is available.',
      }),
      path: callsPath,
      threshold: fields.threshold,
    }),
  create: ({ available, mode = 'known', path, threshold }) => {
    const read = available === undefined ? null : expectedValue(available);
    if (read !== null && 'error' in read) return read;
    const offered = (input: MetricInput): readonly Primitive[] | { readonly missing: string } => {
      if (read === null) return input.tools.map((tool) => divided(String(toFunction(tool).name)));
      const found = read(input);
      if ('missing' in found) return found;
      return (
        primitivesIn(found.value) ?? { missing: 'what is available is no list of names and no mapping of servers' }
      );
    };
    return {
      signature: signature('mcp-use', { mode, available, path }),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const steps = stepsOf(input, path);
        if ('broken' in steps) return graded(0, threshold, sentence(steps.broken));
        const there = offered(input);
        if ('missing' in there) return unscored(sentence(there.missing));
        if (there.length === 0) return unscored('No server has anything to use.');
        const servers = new Set(there.flatMap(({ server }) => server ?? []));
        const used = steps.flatMap((step) => (step.type === 'call' ? [usedBy(step.call, servers)] : []));
        if (mode === 'coverage') {
          const idle = there.filter((one) => !used.some((use) => isSame(use, one)));
          const words = idle.length === 0 ? '' : `; not used: ${namesOf(idle)}`;
          const value = 1 - idle.length / there.length;
          return graded(value, threshold, `${digits(value)} of ${count(there.length, 'primitive')} used${words}.`);
        }
        if (used.length === 0) return unscored('Nothing was used.');
        const strange = used.filter((use) => !there.some((one) => isSame(use, one)));
        const words = strange.length === 0 ? '' : `; not there: ${namesOf(strange)}`;
        const value = 1 - strange.length / used.length;
        return graded(value, threshold, `${digits(value)} of ${count(used.length, 'use')} available${words}.`);
      },
    };
  },
});

/** A tool, resource or prompt; the server is null where it is not told. */
type Primitive = { readonly server: string | null; readonly name: string };

function primitivesIn(value: Json): readonly Primitive[] | null {
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    return names.every((name) => name !== null) ? names.map(divided) : null;
  }
  if (!isJsonObject(value)) return null;
  const lists = Object.entries(value).map(([server, given]) => {
    const names = Array.isArray(given) ? given.map(nameOf) : null;
    return names?.every((name) => name !== null) ? names.map((name): Primitive => ({ server, name })) : null;
  });
  return lists.every((list) => list !== null) ? lists.flat() : null;
}

/** A text, or a tool, resource or prompt as a server lists it. */
function nameOf(item: Json): string | null {
  const name = isJsonObject(item) ? (item['uri'] ?? item['name']) : item;
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : null;
}

const READING = /^(?:mcp__.+__)?(?:resources\/read|read_?(?:mcp_?)?resource(?:_?tool)?|prompts\/get|get_?prompt)$/i;

function usedBy({ name, arguments: given }: Call, servers: ReadonlySet<string>): Primitive {
  if (READING.test(name) && isJsonObject(given)) {
    const read = given['uri'] ?? given['name'];
    const server = given['server'];
    if (typeof read === 'string') return { server: typeof server === 'string' ? server : null, name: read };
  }
  for (const server of servers)
    for (const mark of ['__', '/', '.', ':'])
      for (const start of [`mcp__${server}${mark}`, `${server}${mark}`])
        if (name.startsWith(start)) return { server, name: name.slice(start.length) };
  return divided(name);
}

/** `mcp__server__tool` says which server it is of; any other name may have such marks of its own. */
function divided(name: string): Primitive {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/s.exec(name) ?? [];
  return server === undefined || tool === undefined ? { server: null, name } : { server, name: tool };
}

function isSame(a: Primitive, b: Primitive): boolean {
  return a.name === b.name && (a.server === null || b.server === null || a.server === b.server);
}

function namesOf(primitives: readonly Primitive[]): string {
  const names = primitives.map(({ server, name }) => (server === null ? name : `${server}/${name}`));
  return [...new Set(names)].slice(0, 5).join(', ');
}
