import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../../src/engine/problem.ts';
import { COMMAND_IDS } from '../../../src/extension/commandIds.ts';
import { fileKind } from '../../../src/extension/fileKind.ts';

type Entry = { readonly command: string; readonly when?: string; readonly icon?: string };
type PackageJson = {
  readonly main: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: unknown } };
  readonly contributes: {
    readonly commands: readonly Entry[];
    readonly menus: { readonly [menu: string]: readonly Entry[] };
    readonly keybindings: readonly (Entry & { readonly key: string })[];
    readonly languages: readonly {
      readonly id: string;
      readonly extensions: string[];
      readonly configuration: string;
    }[];
    readonly problemMatchers: readonly { readonly name: string; readonly pattern: { readonly regexp: string } }[];
    readonly taskDefinitions: readonly { readonly type: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
};
const file = (name: string) => new URL(`../../../${name}`, import.meta.url);
const packageJson: PackageJson = JSON.parse(fs.readFileSync(file('package.json'), 'utf8'));
const { contributes } = packageJson;
const known: readonly string[] = COMMAND_IDS;

describe('package.json', () => {
  it('contributes the commands of the table, and no other', () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual([...known].sort());
    expect(contributes.commands.every(({ icon }) => /^\$\([a-z-]+\)$/.test(icon ?? ''))).toBe(true);
  });

  it('names known commands in menus, keys and the walkthrough', () => {
    const inMenus = Object.values(contributes.menus).flat();
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const named = [
      ...[...inMenus, ...contributes.keybindings].map(({ command }) => command),
      ...steps.flatMap(({ description }) => [...description.matchAll(/command:([\w.]+)/g)].map((match) => match[1])),
      ...steps.flatMap(({ completionEvents }) => completionEvents.map((event) => event.replace('onCommand:', ''))),
    ];
    expect(named.filter((command) => !known.includes(command ?? ''))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  it('binds no key everywhere', () => {
    for (const { key, when } of contributes.keybindings) expect(when, key).toMatch(/\.prompt/);
    expect(contributes.keybindings.map(({ key }) => key)).toEqual(['ctrl+enter', 'ctrl+shift+enter', 'escape']);
  });

  it('names files that are there', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const named = [
      packageJson.icon,
      ...contributes.languages.map(({ configuration }) => configuration),
      ...steps.map(({ media }) => media.markdown),
    ];
    expect(named.filter((name) => !fs.existsSync(file(name)))).toEqual([]);
  });

  it('claims the extension of prompts only, and works without trust in part', () => {
    expect(contributes.languages.flatMap(({ extensions }) => extensions)).toEqual(['.prompt']);
    expect(packageJson.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(packageJson.activationEvents).not.toContain('*');
    expect(packageJson.activationEvents).not.toContain('onStartupFinished');
  });
});

describe('the problem matcher', () => {
  const regexp = new RegExp(contributes.problemMatchers[0]?.pattern.regexp ?? '^$');
  const at = { line: 11, column: 4, offset: 0 };

  it.each(['evals/triage.csv', '/home/ann/my work/evals/triage.csv', 'C:\\work\\evals\\triage.csv', 'a:1:2.csv'])(
    'reads a line about %s',
    (name) => {
      const line = formatProblem({
        severity: 'error',
        code: 'failed',
        message: 'case a: 12:30: late.',
        remedy: 'Look at it.',
        file: name,
        range: { start: at, end: at },
      });
      expect(regexp.exec(line)?.slice(1)).toEqual([
        name,
        '12',
        '5',
        'error',
        'case a: 12:30: late. Look at it. (failed)',
      ]);
    },
  );

  it.each(['14/24 · 0.83 · $0.02', '  category: 0.83', 'note: nothing'])('passes over "%s"', (line) => {
    expect(regexp.test(line)).toBe(false);
  });
});

it.each([
  ['/w/a.prompt', 'prompt'],
  ['C:\\w\\a.prompt', 'prompt'],
  ['/w/a.eval.yaml', 'suite'],
  ['/w/a.eval.yml', 'suite'],
  ['/w/touchstone.yaml', 'config'],
  ['/w/a.csv', 'dataset'],
  ['/w/a.jsonl', 'dataset'],
  ['/w/a.prompty', 'prompt'],
  ['/w/a.prompt.yml', 'prompt'],
  ['/w/a.chat.json', 'prompt'],
  ['/w/a.prompt.md', 'text'],
  ['/w/a.jinja2', 'text'],
  ['/w/a.json', 'dataset'],
  ['/w/prompt', 'other'],
])('%s is a %s', (path, kind) => {
  expect(fileKind(path)).toBe(kind);
});
