import fs from 'node:fs';
import { expect, it } from 'vitest';
import { suiteJsonSchema } from '../../src/engine/suite/suiteJsonSchema.ts';

// The file is for editors, which cannot ask the code. `UPDATE=1 npx vitest run test/unit/suiteSchemaFile.test.ts` writes it anew.
const FILE = 'media/suite.schema.json';

it('media/suite.schema.json says what the code does', () => {
  const wanted = `${JSON.stringify(suiteJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE'] === '1') fs.writeFileSync(FILE, wanted);
  expect(fs.readFileSync(FILE, 'utf8')).toBe(wanted);
});
