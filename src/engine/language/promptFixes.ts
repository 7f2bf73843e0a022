import { paramFault } from '../model/modelParams.ts';
import type { Problem } from '../problem.ts';
import { HELPERS } from '../prompt/helperTable.ts';
import { ROLES } from '../prompt/message.ts';
import { nearest } from '../suite/nearest.ts';
import type { TextEdit } from '../textEdit.ts';
import { knownVariables, variableType } from './describeVariable.ts';
import type { Fix, FixKind } from './fix.ts';
import { FRONT_MATTER_KEYS } from './frontMatterKeys.ts';
import { modelFault } from './modelCatalogue.ts';
import { frontMatterOf, type PromptView } from './promptView.ts';
import { declarationPath, declareVariable, removeKey, setKey } from './schemaEdit.ts';

/** Ways to mend a problem of a prompt or of one of its partials. The texts that they edit are those of the view. */
export function promptFixes(view: PromptView, problem: Problem): Fix[] {
  const { document } = view.closure;
  const file =
    problem.file === document.path
      ? document
      : [...view.closure.partials.values()].find(({ path }) => path === problem.file);
  if (file === undefined) return [];
  const span = [problem.range.start.offset, problem.range.end.offset] as const;
  const written = file.text.slice(...span);
  const fix = (
    kind: FixKind,
    title: string,
    path: string,
    edits: readonly TextEdit[] | null,
    preferred = false,
  ): Fix[] => (edits === null ? [] : [{ kind, code: problem.code, title, changes: [{ path, edits }], preferred }]);
  const replace = (by: string, start = span[0], end = span[1]): readonly TextEdit[] => [{ start, end, text: by }];
  const useNearest = (better: string | null, from = written): Fix[] =>
    better === null
      ? []
      : fix('use-nearest', `Change to \`${better}\``, file.path, replace(better, span[0], span[0] + from.length), true);

  switch (problem.code) {
    case 'undeclared-variable':
    case 'variable-without-column': {
      const lead = /^(?:@root[./]|this[./]|\.\.\/|\.\/)*/.exec(written)?.[0].length ?? 0;
      const name = /^[^.[\]/\s]+/.exec(written.slice(lead))?.[0] ?? written;
      const others = knownVariables(view).filter(
        (one) => one !== name && (problem.code !== 'undeclared-variable' || variableType(view, one) !== null),
      );
      const meant = nearest(name, others);
      const start = span[0] + lead;
      const renamed =
        meant === null
          ? []
          : fix('use-nearest', `Change to \`${meant}\``, file.path, replace(meant, start, start + name.length), true);
      if (problem.code === 'undeclared-variable') {
        return [
          ...renamed,
          ...fix(
            'declare-variable',
            `Declare \`${name}\` in input.schema`,
            document.path,
            declareVariable(document, name),
            meant === null,
          ),
        ];
      }
      return [
        ...renamed,
        ...fix(
          'set-default',
          `Give \`${name}\` a default in input.default`,
          document.path,
          setKey(document, ['input', 'default', name], '""'),
        ),
        ...mapColumn(view, problem, name),
      ];
    }
    case 'unused-variable': {
      const name = /"([^"]*)"/.exec(problem.message)?.[1] ?? '';
      const path = declarationPath(document, name);
      return path === null
        ? []
        : fix('remove-variable', `Remove \`${name}\` from the schema`, document.path, removeKey(document, path), true);
    }
    case 'unknown-key': {
      const key = [...frontMatterOf(document).keys].find(
        ([, [start, end]]) => start === span[0] && end === span[1],
      )?.[0];
      const steps =
        key === undefined
          ? []
          : key.startsWith('input.') || key.startsWith('output.')
            ? [key.slice(0, key.indexOf('.')), key.slice(key.indexOf('.') + 1)]
            : [key];
      const known =
        steps.length === 2 ? (FRONT_MATTER_KEYS.find(({ name }) => name === steps[0])?.keys ?? []) : FRONT_MATTER_KEYS;
      const better = nearest(
        steps.at(-1) ?? '',
        known.map(({ name }) => name),
      );
      return [
        ...useNearest(better),
        ...fix('remove-key', `Remove \`${steps.at(-1)}\``, document.path, removeKey(document, steps), better === null),
      ];
    }
    case 'missing-partial': {
      const meant = nearest(
        written,
        view.partials.map(({ name }) => name),
      );
      const path = partialPath(file.path, written);
      const create: Fix = {
        kind: 'create-partial',
        code: problem.code,
        title: `Create ${path.slice(path.lastIndexOf('/') + 1)}`,
        changes: [],
        create: { path, text: '' },
        preferred: meant === null,
      };
      return [...useNearest(meant), ...(path === '' ? [] : [create])];
    }
    case 'unknown-helper':
      return useNearest(nearest(written, HELPERS.keys()));
    case 'unknown-role': {
      const role = written.replace(/["']/g, '');
      const better = role === 'assistant' || role === 'ai' ? 'model' : nearest(role, ROLES);
      return useNearest(better === null ? null : `"${better}"`);
    }
    case 'model-without-provider':
    case 'unknown-provider':
    case 'unknown-model': {
      const better = modelFault(document.metadata.model ?? '', view.models)?.better ?? null;
      if (problem.code !== 'model-without-provider') return useNearest(better);
      return better === null ? [] : fix('add-provider', `Write \`${better}\``, file.path, replace(better), true);
    }
    case 'unknown-param':
      return useNearest(paramFault(written, null)?.better ?? null);
    case 'param-out-of-range': {
      const better = /(?:Write|mean) `?([^`]+?)[`.?]/.exec(problem.remedy ?? '')?.[1] ?? null;
      return better === null ? [] : fix('clamp-param', `Write \`${better}\``, file.path, replace(better), true);
    }
    case 'role-in-line':
      return fix(
        'separate-role',
        'Put the role on a line of its own',
        file.path,
        replace(file.text.includes('\r\n') ? '\r\n' : '\n', span[0], span[0]),
        true,
      );
    case 'unbalanced-block': {
      const name = /^The block "([^"]+)" is never closed/.exec(problem.message)?.[1];
      const end = file.templateRange.end.offset;
      return name === undefined
        ? []
        : fix('close-block', `Add {{/${name}}} at the end`, file.path, replace(`{{/${name}}}`, end, end));
    }
    case 'front-matter-in-partial':
      return fix(
        'remove-front-matter',
        'Remove the front matter',
        file.path,
        replace('', span[0], file.templateRange.start.offset),
        true,
      );
    default:
      return [];
  }
}

/** Maps the dataset's nearest column to the variable: only where the suite has a mapping already, for one decides for all. */
function mapColumn(view: PromptView, problem: Problem, name: string): Fix[] {
  return view.suites.flatMap(({ path, parsed, dataset }): Fix[] => {
    const { vars } = parsed.named.columns;
    if (vars === undefined || dataset === null) return [];
    const spare = dataset.columns.filter(
      (column) =>
        !Object.values(vars).includes(column) && !/^(id|tags|expected|history)$|^(expected|metadata)\./.test(column),
    );
    const column = spare.includes(name) ? name : (nearest(name, spare) ?? spare[0]);
    const { start } = parsed.rangeOf(['columns', 'vars']);
    if (column === undefined) return [];
    const edit = mappingEdit(parsed.rangeOf, Object.keys(vars), name, column, start.column);
    return edit === null
      ? []
      : [
          {
            kind: 'map-column',
            code: problem.code,
            title: `Map the column \`${column}\` to \`${name}\` in the suite`,
            changes: [{ path, edits: [edit] }],
            preferred: false,
          },
        ];
  });
}

function mappingEdit(
  rangeOf: PromptView['suites'][number]['parsed']['rangeOf'],
  known: readonly string[],
  name: string,
  column: string,
  indent: number,
): TextEdit | null {
  const last = known.at(-1);
  if (last === undefined) return null;
  const first = rangeOf(['columns', 'vars', known[0] ?? '']);
  const { end } = rangeOf(['columns', 'vars', last]);
  // Values on one line stand in braces; on lines of their own, each has the indent of the first key.
  const value = /^[\w.-]+$/.test(column) ? column : JSON.stringify(column);
  const braces = rangeOf(['columns', 'vars']).start;
  const isFlow =
    braces.line === first.start.line &&
    (known.length < 2
      ? braces.offset + (known[0]?.length ?? 0) + 2 < first.start.offset
      : first.start.line === end.line);
  return {
    start: end.offset,
    end: end.offset,
    text: isFlow ? `, ${name}: ${value}` : `\n${' '.repeat(indent)}${name}: ${value}`,
  };
}

/** The file that a tag `{{>name}}` reads: beside the prompt, with an underscore. */
function partialPath(from: string, name: string): string {
  if (!/^[\w./-]+$/.test(name) || name.includes('..')) return '';
  const folder = from.slice(0, Math.max(from.lastIndexOf('/'), from.lastIndexOf('\\')) + 1);
  const steps = name.split('/');
  const last = (steps.pop() ?? '').replace(/^_/, '');
  return `${folder}${steps.map((step) => `${step}/`).join('')}_${last}.prompt`;
}
