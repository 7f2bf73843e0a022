import { describe, expect, it } from 'vitest';
import { conversationCase } from '../../../../src/engine/prompt/conversationCase.ts';
import type { Message } from '../../../../src/engine/prompt/message.ts';
import { renderPrompt } from '../../../../src/engine/prompt/renderPrompt.ts';
import { closureOf } from './promptOf.ts';

const model = (text: string): Message => ({ role: 'model', content: [{ text }] });
const user = (text: string): Message => ({ role: 'user', content: [{ text }] });
const turns = [model('Blue.'), user('Why?')];
const vars = { topic: 'colours', question: 'Which colour?' };
const texts = (messages: readonly Message[]) =>
  messages.map(
    ({ role, content }) => `${role}: ${content.map((part) => ('text' in part ? part.text.trim() : '')).join()}`,
  );

describe('a conversation as a case', () => {
  it.each([
    [
      'a prompt that places the history last',
      '{{role "system"}}On {{topic}}.{{role "user"}}Tell: {{question}}{{history}}',
    ],
    ['a prompt whose last message is one variable', '{{role "system"}}On {{topic}}.\n{{role "user"}}\n{{question}}\n'],
    ['a prompt with instructions alone', '{{role "system"}}On {{topic}}: {{question}}'],
  ])('renders to what was said, for %s', async (_name, text) => {
    const closure = await closureOf(text);
    const asked = renderPrompt(closure, { vars }).messages;
    const found = conversationCase(closure, { vars }, turns);
    if (!found) throw new Error('none');
    expect(texts(renderPrompt(closure, found).messages)).toEqual(texts([...asked, ...turns]));
  });

  it('keeps the history that the case had', async () => {
    const closure = await closureOf('{{role "user"}}{{question}}');
    const history = [user('Hello'), model('Hi')];
    const found = conversationCase(closure, { vars, history }, turns);
    expect(found?.vars).toEqual({ ...vars, question: 'Why?' });
    expect(texts(found?.history ?? [])).toEqual(['user: Hello', 'model: Hi', 'user: Which colour?', 'model: Blue.']);
  });

  it('is none where the prompt would put the turns before its own last message', async () => {
    expect(conversationCase(await closureOf('{{role "user"}}Tell: {{question}}'), { vars }, turns)).toBeNull();
  });
});
