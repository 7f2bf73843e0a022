import type { Case } from '../../engine/dataset/case.ts';
import { isJsonObject, type JsonObject } from '../../engine/json.ts';
import type { JsonSchema, PromptClosure } from '../../engine/prompt/promptDocument.ts';

type VariableIssue = { readonly variable: string; readonly message: string };

/** Checks the variables of a case against the input schemas of all prompts that it is for, each message once. */
export async function inputInspector(
  closures: readonly PromptClosure[],
): Promise<(testCase: Case) => readonly VariableIssue[]> {
  if (closures.every(({ document }) => document.metadata.input.schema === undefined)) return () => [];
  const { compileSchema } = await import('../jsonSchemas.ts');
  const checks = closures.flatMap(({ document }) => {
    const { schema, default: defaults } = document.metadata.input;
    if (schema === undefined) return [];
    const validate = compileSchema(schema);
    // A schema that does not compile is a problem of its prompt, found where the prompt is read.
    return 'error' in validate ? [] : [{ validate, defaults, schema }];
  });
  return ({ vars }) => {
    const issues = new Map<string, VariableIssue>();
    for (const { validate, defaults, schema } of checks) {
      for (const { path, message } of validate(declaredOnly({ ...defaults, ...vars }, schema))) {
        const variable = path.split(/[/.[\]$]/).find((step) => step !== '') ?? '';
        issues.set(`${variable}\n${message}`, { variable, message: sentence(variable, message) });
      }
    }
    return [...issues.values()];
  };
}

/** Columns that a prompt does not declare never reach it, so a schema that forbids others says nothing of them. */
function declaredOnly(vars: JsonObject, schema: JsonSchema): JsonObject {
  if (!isJsonObject(schema) || !isJsonObject(schema['properties'])) return vars;
  const { properties } = schema;
  return Object.fromEntries(Object.entries(vars).filter(([name]) => Object.hasOwn(properties as JsonObject, name)));
}

function sentence(variable: string, message: string): string {
  return `\`${variable}\` ${message.replace(/\.$/, '')}.`;
}
