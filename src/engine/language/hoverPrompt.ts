import { parseModelRef } from '../model/modelClient.ts';
import { describeParam, modelParam } from '../model/modelParams.ts';
import { currentValue, variableType } from './describeVariable.ts';
import { FRONT_MATTER_KEYS, keyDoc } from './frontMatterKeys.ts';
import { DATA_DOCS, helperDoc } from './helperDocs.ts';
import type { Hover } from './hover.ts';
import { describeModel, type ModelCatalogue, modelFault } from './modelCatalogue.ts';
import { promptThing } from './promptCursor.ts';
import type { PromptView } from './promptView.ts';

/** Longer texts are cut: a hover is a glance. */
const MOST_SHOWN = 2000;

/** What is known of the thing at an offset; null where there is nothing to say. */
export function hoverPrompt(view: PromptView, offset: number): Hover | null {
  const thing = promptThing(view, offset);
  if (thing === null) return null;
  const { range } = thing;
  switch (thing.kind) {
    case 'variable':
      return { range, ...aboutVariable(view, thing.name, thing.path) };
    case 'partial': {
      const partial = view.closure.partials.get(thing.name);
      if (!partial) return { range, title: `partial ${thing.name}`, lines: ['There is no such partial.'] };
      const code = { language: 'touchstone-prompt', text: cut(partial.text) } as const;
      return { range, title: `partial ${thing.name}`, lines: [partial.path], code };
    }
    case 'helper': {
      const doc = helperDoc(thing.name);
      return doc
        ? { range, title: thing.name, lines: [doc.what], code: { language: 'touchstone-prompt', text: doc.usage } }
        : null;
    }
    case 'data': {
      const doc = DATA_DOCS.find(({ name }) => name === thing.name.split('.')[0]);
      return doc ? { range, title: doc.name, lines: [doc.what] } : null;
    }
    case 'role':
      return { range, title: `role ${thing.name}`, lines: [helperDoc('role')?.what ?? ''] };
    case 'model':
      return { range, ...aboutModel(thing.name, view.models) };
    case 'param': {
      const known = modelParam(thing.name);
      if (!known) return { range, title: thing.name, lines: ['Sent to the model as it is.'] };
      return { range, title: thing.name, lines: [known.description, describeParam(known)] };
    }
    case 'key': {
      const doc = keyDoc(FRONT_MATTER_KEYS, thing.path);
      return doc ? { range, title: doc.name, lines: [doc.description] } : null;
    }
  }
}

/** Price and context window as far as they are known. */
export function aboutModel(written: string, catalogue: ModelCatalogue): Pick<Hover, 'title' | 'lines'> {
  const ref = parseModelRef(written);
  const known = ref && catalogue.find(ref);
  const fault = modelFault(written, catalogue);
  const lines = known
    ? [known.title ?? '', describeModel(known)]
    : [fault ? `${fault.message} ${fault.remedy}` : 'Its price is not known.'];
  return { title: written, lines: lines.filter((line) => line !== '') };
}

function aboutVariable(view: PromptView, name: string, path: string): Pick<Hover, 'title' | 'lines' | 'code'> {
  const known = variableType(view, path);
  const lines = known ? [known.description ?? ''] : ['Not declared in input.schema.'];
  const current = currentValue(view, name);
  const title = `${path}: ${known?.type ?? 'any'}`;
  if (current === null) return { title, lines: [...lines, 'It has no value now.'].filter((line) => line !== '') };
  const isText = typeof current.value === 'string';
  const text = cut(isText ? String(current.value) : (JSON.stringify(current.value, null, 2) ?? ''));
  const code = { language: isText ? 'text' : 'json', text } as const;
  return { title, lines: [...lines, `Its value now, from ${current.from}:`].filter((line) => line !== ''), code };
}

function cut(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
