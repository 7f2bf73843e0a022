import * as z from 'zod';
import { isJsonObject } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import { binary } from '../outcome.ts';
import { signature } from '../signature.ts';
import { matchesGlob } from '../text/matchesGlob.ts';
import { sentence } from '../textMetric.ts';
import { count, quote } from '../words.ts';
import { type Call, callsPath } from './readCalls.ts';
import { stepsOf } from './steps.ts';

const name = z.string().trim().min(1);
const times = (words: string) => z.int().min(0).optional().meta({ description: words });

export const skillUsed = defineMetric({
  kind: 'skill-used',
  family: 'tool-calls',
  summary:
    'An agent used the skills of a list, in the conversation or in its answer; or with `max: 0`, it used none of them.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'As skill-used of promptfoo, found in the calls: of a function `Skill` with the name in `skill`, `name` or `command`, or of any function with a path to the `SKILL.md` in the folder of that name.',
  options: () =>
    z
      .strictObject({
        names: z
          .union([name.transform((one) => [one]), z.array(name).min(1)])
          .meta({ description: 'Names of skills; `*` stands for any characters, `?` for one.' }),
        min: times('How often each must be used; by default 1, or 0 where there is a `max`.'),
        max: times('How often each may be used; 0 forbids them.'),
        path: callsPath,
      })
      .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
        error: '`min` is more than `max`.',
      }),
  shorthand: 'names',
  create: ({ names, min, max, path }) => {
    const least = min ?? (max === undefined ? 1 : 0);
    return {
      signature: signature('skill-used', { names, min: least, max, path }),
      role: 'decides',
      score: (input) => {
        const steps = stepsOf(input, path);
        if ('broken' in steps) return binary(false, sentence(steps.broken));
        const used = steps.flatMap((step) => (step.type === 'call' ? (skillOf(step.call) ?? []) : []));
        const counts = names.map((one) => ({ one, times: used.filter((skill) => matchesGlob(skill, one)).length }));
        const wrong = counts.find((found) => found.times < least || found.times > (max ?? found.times));
        const all = used.length === 0 ? 'No skill was used' : `Used: ${[...new Set(used)].join(', ')}`;
        if (wrong === undefined) return binary(true, `${all}.`);
        return binary(false, `${quote(wrong.one)} was used ${count(wrong.times, 'time')}. ${all}.`);
      },
    };
  },
});

/** The skill that a call asks for or reads; null when it is none. */
function skillOf({ name: called, arguments: given }: Call): string | null {
  if (/^(?:use[_-]?|load[_-]?)?skill$/i.test(called) && isJsonObject(given)) {
    const named = given['skill'] ?? given['name'] ?? given['command'];
    return typeof named === 'string' && named.trim() !== '' ? named.trim() : null;
  }
  return skillIn(typeof given === 'string' ? given : JSON.stringify(given));
}

const FILE = 'SKILL.md';

/** The folder of the first `SKILL.md` that a text has a path to. In JSON a backslash of a path stands twice. */
function skillIn(text: string): string | null {
  for (let at = text.indexOf(FILE); at >= 0; at = text.indexOf(FILE, at + 1)) {
    if (/^[\w.]/.test(text.slice(at + FILE.length, at + FILE.length + 1))) continue;
    const before = text.slice(Math.max(0, at - LONGEST), at);
    const folder = /[/\\]$/.test(before) ? /[^/\\"'\s]+$/.exec(before.replace(/[/\\]{1,2}$/, ''))?.[0] : undefined;
    if (folder !== undefined) return folder;
  }
  return null;
}

/** A name of a folder is shorter. */
const LONGEST = 300;
