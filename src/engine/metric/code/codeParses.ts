import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import { duration } from '../operational/operational.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import type { OpenProgram } from '../own/ownProgram.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { type CodeBlock, codeBlocks } from './codeBlocks.ts';
import { CODE_LANGUAGES, type CodeLanguage, languageOf } from './codeLanguage.ts';

const MAX_LENGTH = 200_000;
const DEFAULT_TIMEOUT_MS = 10_000;

export const codeParses = defineMetric({
  kind: 'code-parses',
  family: 'code',
  summary: 'All code of the output can be parsed; nothing of it is run.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'JavaScript as an ECMAScript module, or else as a script, by acorn 8; TypeScript and TSX (JSX too) by its plugin, for syntax and not for types; JSON by RFC 8259; Python by the `ast` of the python3 on the machine, which must be there. Of an answer with fences only what stands in them is code, and every one of them in this language must parse.',
  options: () =>
    z.strictObject({
      language: z.enum(CODE_LANGUAGES).optional().meta({
        description: 'By default what the first fence of the output names. Fences of other languages are left out.',
      }),
      path: fields.path,
      python: z.array(z.string().min(1)).min(1).optional().meta({
        description: 'How Python is started, e.g. [py, -3]; by default python3.',
      }),
      timeout: duration.optional().meta({ description: 'How long Python may take; by default 10s.' }),
    }),
  shorthand: 'language',
  usesCode: true,
  create: ({ language, path, python = ['python3'], timeout: timeoutMs = DEFAULT_TIMEOUT_MS }, { tools }) => {
    const command = [...python, '-I', '-u', '-c', PARSE_LINES];
    const interpreter = language === 'python' ? tools.openProgram({ kind: 'process', command, timeoutMs }) : null;
    if (interpreter && 'error' in interpreter) return interpreter;
    return {
      signature: signature('code-parses', { lang: language ?? 'fence', path }),
      role: 'decides',
      score: async (input): Promise<ScoreOutcome> => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const text = asText(picked.value);
        if (text.length > MAX_LENGTH) return unscored(`Code of more than ${MAX_LENGTH} characters is not read.`);
        if (text.trim() === '') return binary(false, 'The output is empty.');
        const blocks = codeBlocks(text);
        const asked = language ?? languageOf(blocks[0]?.language ?? '');
        if (asked === null) return unscored('Nothing says which language the code is in: set `language`.');
        const own = blocks.filter((block) => block.language === '' || languageOf(block.language) === asked);
        if (own.length === 0) return binary(false, `No code of the output is ${asked}.`);
        if (asked !== 'python') return parseAll(own, asked, async (code) => ({ fault: tools.codeFault(asked, code) }));
        const reader = interpreter ?? tools.openProgram({ kind: 'process', command, timeoutMs });
        if ('error' in reader) return { outcome: 'error', reason: reader.error };
        return parseAll(own, asked, (code) => askPython(reader, code, input.signal));
      },
    };
  },
});

type Finding = { readonly fault: string | null } | { readonly error: string };

async function parseAll(
  blocks: readonly CodeBlock[],
  language: CodeLanguage,
  faultIn: (code: string) => Promise<Finding>,
): Promise<ScoreOutcome> {
  for (const [index, { code }] of blocks.entries()) {
    const found = await faultIn(code);
    if ('error' in found) return { outcome: 'error', reason: found.error };
    const which = blocks.length > 1 ? `Block ${index + 1} of ${blocks.length}` : 'The code';
    if (found.fault !== null) return binary(false, `${which} is not ${language}: ${sentence(found.fault)}`);
  }
  return binary(true, blocks.length > 1 ? `All ${blocks.length} blocks are ${language}.` : `The code is ${language}.`);
}

async function askPython(reader: OpenProgram, code: string, signal: AbortSignal): Promise<Finding> {
  const said = await reader.ask({ code: code.toWellFormed() }, signal);
  if ('error' in said) return said;
  const read = pythonAnswer.safeParse(said.answer);
  return read.success ? read.data : { error: 'Python did not say whether the code can be parsed.' };
}

const pythonAnswer = z.object({ fault: z.string().nullable() });

/** Reads one question in each line and parses its code; isolated (-I), so that nothing of the workspace is imported. */
const PARSE_LINES = `
import ast, json, sys
for line in sys.stdin:
    question = json.loads(line)
    fault = None
    try:
        ast.parse(question["code"])
    except SyntaxError as error:
        fault = "%s in line %s" % (error.msg, error.lineno)
    except (ValueError, MemoryError, RecursionError) as error:
        fault = str(error) or type(error).__name__
    print(json.dumps({"id": question["id"], "fault": fault}), flush=True)
`;
