import fs from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/engine/json.ts';
import { suiteJsonSchema } from '../../src/engine/suite/suiteJsonSchema.ts';
import { sharedSchema } from '../support/sharedSchema.ts';

// The file is for editors, which cannot ask the code. `UPDATE=1 npx vitest run test/unit/suiteSchemaFile.test.ts` writes it anew.
const FILE = 'media/suite.schema.json';
const schema = suiteJsonSchema();

it('media/suite.schema.json says what the code does', () => {
  const wanted = `${JSON.stringify(sharedSchema(schema), null, 2)}\n`;
  if (process.env['UPDATE'] === '1') fs.writeFileSync(FILE, wanted);
  expect(fs.readFileSync(FILE, 'utf8')).toBe(wanted);
});

it('is the schema of the code once its shared parts stand in their places', () => {
  const written: JsonObject = JSON.parse(fs.readFileSync(FILE, 'utf8'));
  const { $defs, ...root } = written;
  const parts = isJsonObject($defs) ? $defs : {};
  const whole = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(whole);
    if (!isJsonObject(value)) return value;
    const name = typeof value['$ref'] === 'string' ? value['$ref'].replace('#/$defs/', '') : null;
    if (name !== null) return whole(parts[name] ?? null);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, whole(member)]));
  };
  expect(whole(root)).toEqual(schema);
  expect(() => new Ajv2020({ strict: false }).compile(written)).not.toThrow();
});
