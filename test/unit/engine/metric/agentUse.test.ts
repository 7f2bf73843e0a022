import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/engine/json.ts';
import type { Message } from '../../../../src/engine/prompt/message.ts';
import { inputOf, metricOf, tryMetric } from './scoring.ts';

type Given = readonly [name: string, input: Json];
const calls = (...given: Given[]) =>
  given.map(([name, input], at) => ({ id: `${at}`, name, arguments: JSON.stringify(input) }));
const earlier = (...given: Given[]): Message[] =>
  given.map(([name, input]) => ({ role: 'model', content: [{ toolRequest: { name, input } }] }));

describe('skill-used', () => {
  const USED: Given[] = [
    ['Skill', { skill: 'pdf' }],
    ['Bash', { command: 'cat .claude/skills/brand-voice/SKILL.md | head' }],
    ['load_skill', { name: 'tables' }],
    ['Skill', { command: 'pdf' }],
    ['Read', { file_path: 'C:\\agents\\skills\\windows\\SKILL.md' }],
    ['Read', { file_path: 'notes/SKILL.md.bak' }],
    ['search', { query: 'skill' }],
  ];

  it.each<[object, boolean]>([
    [{ names: ['pdf'] }, true],
    [{ names: ['pdf', 'brand-voice', 'tables', 'windows'] }, true],
    [{ names: ['pdf', 'notes'] }, false],
    [{ names: ['brand-*'] }, true],
    [{ names: ['Pdf'] }, false],
    [{ names: ['pdf'], max: 1 }, false],
    [{ names: ['pdf'], min: 2, max: 2 }, true],
    [{ names: ['tables'], min: 2 }, false],
    [{ names: ['notes', 'search'], max: 0 }, true],
    [{ names: ['*'], max: 0 }, false],
    [{ names: ['notes'], max: 3 }, true],
  ])('%j: %s', (options, passed) => {
    const [first, ...rest] = USED as [Given, ...Given[]];
    const input = inputOf('Done.', { messages: earlier(first), response: { toolCalls: calls(...rest) } });
    expect(metricOf('skill-used', options).score(input)).toMatchObject({ passed, value: Number(passed) });
  });

  it('says what was used instead, and takes one name', () => {
    const input = inputOf('Done.', { response: { toolCalls: calls(['Skill', { skill: 'pdf' }]) } });
    expect(metricOf('skill-used', 'tables').score(input)).toMatchObject({
      reason: '"tables" was used 0 times. Used: pdf.',
    });
    expect(metricOf('skill-used', 'tables').score(inputOf('Done.'))).toMatchObject({
      passed: false,
      reason: '"tables" was used 0 times. No skill was used.',
    });
    expect(() => tryMetric('skill-used', { names: 'a', min: 2, max: 1 })).toThrow('more than');
  });
});

it('skill-used takes no longer for a long text', () => {
  const input = inputOf('Done.', { response: { toolCalls: calls(['Write', { text: 'x'.repeat(1_000_000) }]) } });
  const startedMs = performance.now();
  expect(metricOf('skill-used', 'x').score(input)).toMatchObject({ passed: false });
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

describe('mcp-use', () => {
  const available = { github: ['search', 'get_issue'], files: ['read', 'file:///notes.md'], prompts: ['review'] };
  const use = (...given: Given[]) => inputOf('', { response: { toolCalls: calls(...given) } });
  const all: Given[] = [
    ['mcp__github__search', {}],
    ['github__get_issue', {}],
    ['files/read', {}],
    ['resources/read', { uri: 'file:///notes.md' }],
    ['prompts/get', { name: 'review' }],
  ];

  it.each<[string, object, Given[], number]>([
    ['all of it', {}, all, 1],
    ['all of it', { mode: 'coverage' }, all, 1],
    ['two of five', { mode: 'coverage' }, [all[0] as Given, all[0] as Given, all[2] as Given], 2 / 5],
    ['nothing', { mode: 'coverage' }, [], 0],
    ['a bare name', {}, [['search', {}]], 1],
    ['a tool of another server', {}, [['mcp__files__search', {}]], 0],
    ['a server that is not there', {}, [['mcp__gitlab__search', {}]], 0],
    ['a tool that is not there', {}, [all[1] as Given, ['github.delete', {}]], 1 / 2],
    ['another resource', {}, [['read_resource', { uri: 'file:///secret.md' }]], 0],
    ['a resource of its server', {}, [['ReadMcpResource', { server: 'files', uri: 'file:///notes.md' }]], 1],
    ['a resource of another server', {}, [['ReadMcpResource', { server: 'github', uri: 'file:///notes.md' }]], 0],
  ])('%s %j', (_name, options, given, value) => {
    const outcome = metricOf('mcp-use', { available, ...options }).score(use(...given));
    expect(outcome).toMatchObject({ outcome: 'scored', value: expect.closeTo(value, 12) });
  });

  it.each<[string, Json, number]>([
    ['names', ['search', 'read'], 1 / 2],
    ['names with servers', ['mcp__github__search', 'mcp__files__search'], 1 / 2],
    [
      'what servers list',
      {
        github: [
          { name: 'search', description: 'x' },
          { uri: 'a://b', name: 'notes' },
        ],
      },
      1 / 2,
    ],
    ['a template', '{{vars.servers}}', 1 / 2],
  ])('takes %s', (_name, given, value) => {
    const input = { ...use(['mcp__github__search', {}], ['github__fly', {}]) };
    const testCase = { ...input.testCase, vars: { servers: { github: ['search'] } } };
    const outcome = metricOf('mcp-use', { available: given }).score({ ...input, testCase });
    expect(outcome).toMatchObject({ outcome: 'scored', value });
  });

  it('by default is what the model was offered', () => {
    const tool = (name: string) => ({ type: 'function', function: { name, parameters: {} } });
    const input = inputOf('', {
      tools: [tool('mcp__a__x'), tool('plain__name')],
      messages: earlier(['mcp__a__x', {}]),
      response: { toolCalls: calls(['plain__name', {}], ['mcp__a__y', {}]) },
    });
    expect(metricOf('mcp-use', { threshold: 0.5 }).score(input)).toMatchObject({
      value: expect.closeTo(2 / 3, 12),
      passed: true,
      reason: '0.6667 of 3 uses available; not there: a/y.',
    });
  });

  it.each<[string, object, string]>([
    ['no use', { available }, 'Nothing was used.'],
    ['nothing available', {}, 'No server has anything to use.'],
    ['no list', { available: 7 }, 'no list of names'],
    ['a list of numbers', { available: { a: [7] } }, 'no list of names'],
    ['no column', { available: '{{vars.none}}' }, 'no `vars.none`'],
  ])('%s is unscored', (_name, options, reason) => {
    const outcome = metricOf('mcp-use', options).score(inputOf('Hello.'));
    expect(outcome).toMatchObject({ outcome: 'unscored', reason: expect.stringContaining(reason) });
  });
});
