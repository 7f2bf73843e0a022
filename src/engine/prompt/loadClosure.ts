import { LineIndex, type Problem } from '../problem.ts';
import { placeDraft } from './draft.ts';
import { readPartial } from './formats/readPartial.ts';
import { closureReads, declaredVariables, undeclared } from './inputVariables.ts';
import { templateUse } from './program.ts';
import type { PartialReader, PromptClosure, PromptDocument, Reference } from './promptDocument.ts';

/**
 * Reads every partial that a prompt reaches, each once. A partial that is missing, or that leads back to itself, is a
 * problem at the place that names it; one with a content of its own (`{{#>name}}…{{/name}}`) may be missing.
 *
 * @throws only what `read` throws
 */
export async function loadClosure(document: PromptDocument, read: PartialReader): Promise<PromptClosure> {
  const partials = new Map<string, PromptDocument>();
  const missing: { readonly from: PromptDocument; readonly reference: Reference }[] = [];
  const inlines = new Set<string>();
  const absent = new Set<string>();

  const queue = [document];
  for (let from = queue.shift(); from; from = queue.shift()) {
    const { program } = from;
    const use = program && templateUse(program);
    const language = program?.language ?? 'handlebars';
    for (const name of use?.inlines ?? []) inlines.add(name);
    for (const [index, reference] of from.partials.entries()) {
      const { name } = reference;
      if (partials.has(name)) continue;
      const found = absent.has(name) ? undefined : await read(name, language);
      if (found) {
        const partial = readPartial(found.text, found.path, language);
        partials.set(name, partial);
        queue.push(partial);
        continue;
      }
      absent.add(name);
      if (!use?.partials[index]?.optional) missing.push({ from, reference });
    }
  }
  const closure: PromptClosure = { document, partials, problems: [] };
  const own = missing
    .filter(({ reference }) => !inlines.has(reference.name))
    .map(({ from, reference }) => missingPartial(from, reference));
  const problems = [
    ...document.problems,
    ...[...partials.values()].flatMap((partial) => [...partial.problems, ...frontMatterOfPartial(partial)]),
    ...own,
    ...cycles(closure),
  ];
  return {
    ...closure,
    problems: [...problems, ...variablesOfPartials(closure), ...unusedVariables(closure, problems)],
  };
}

function missingPartial(from: PromptDocument, { name, range }: Reference): Problem {
  return {
    severity: 'error',
    code: 'missing-partial',
    message: `There is no partial "${name}".`,
    remedy: `Add the file ${fileOf(name, from)} beside this one, or remove the reference.`,
    file: from.path,
    range,
  };
}

function fileOf(name: string, { program }: PromptDocument): string {
  if (program?.language === 'jinja') return name;
  return `${name.startsWith('_') ? name : `_${name}`}.prompt`;
}

/** Other implementations register a partial's file as it is and would send its front matter to the model. */
function frontMatterOfPartial({ path, frontMatterRange: range }: PromptDocument): Problem[] {
  if (range === null) return [];
  const message = 'A partial has no front matter: other implementations would send it to the model as text.';
  const remedy = 'Remove it; the prompt that uses the partial declares model, config and input.';
  return [{ severity: 'error', code: 'front-matter-in-partial', message, remedy, file: path, range }];
}

/** Every reference that closes a circle, found by walking down from the prompt. */
function cycles({ document, partials }: PromptClosure): Problem[] {
  const problems: Problem[] = [];
  const done = new Set<PromptDocument>();
  const path: string[] = [];
  const walk = (from: PromptDocument) => {
    for (const { name, range } of from.partials) {
      const next = partials.get(name);
      if (next === undefined) continue;
      if (path.includes(name)) {
        const circle = [...path.slice(path.indexOf(name)), name].join(' > ');
        const message = `The partial "${name}" includes itself: ${circle}.`;
        const remedy = 'Remove one of these references, or write the loop with {{#each}}.';
        problems.push({ severity: 'error', code: 'partial-cycle', message, remedy, file: from.path, range });
      } else if (!done.has(next)) {
        path.push(name);
        walk(next);
        path.pop();
      }
    }
    done.add(from);
  };
  walk(document);
  return problems;
}

/** What partials read of the input is checked against the prompt's schema: their own files have none. */
function variablesOfPartials(closure: PromptClosure): Problem[] {
  return closureReads(closure)
    .filter(({ document }) => document !== closure.document)
    .flatMap(({ document, use }) => {
      const draft = undeclared(use, closure.document.metadata);
      const base = document.templateRange.start.offset;
      return draft ? [placeDraft(draft, document.path, new LineIndex(document.text), base)] : [];
    });
}

/** Only where it is certain: all files were read without errors, and none of them reads the input as a whole. */
function unusedVariables(closure: PromptClosure, problems: readonly Problem[]): Problem[] {
  const { metadata, keyRanges, path } = closure.document;
  const reads = closureReads(closure);
  if (problems.some(({ severity }) => severity === 'error') || reads.some(({ use }) => use.parts.length === 0))
    return [];
  const used = new Set(reads.map(({ use }) => use.parts[0]));
  return (declaredVariables(metadata) ?? []).flatMap((name): Problem[] => {
    const range = keyRanges.get(`input.schema.${name}`) ?? keyRanges.get(`input.schema.properties.${name}`);
    if (used.has(name) || range === undefined) return [];
    const message = `The variable "${name}" is declared and never used.`;
    const remedy = 'Use it in the template, or remove it from the schema.';
    return [{ severity: 'info', code: 'unused-variable', message, remedy, file: path, range }];
  });
}
