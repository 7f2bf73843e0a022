import fs from 'node:fs';
import path from 'node:path';
import { isInRepository, safeGit } from './safeGit.ts';

/**
 * Sees to it that git merges a file line by line, keeping the lines of both sides: says so in `.gitattributes` beside it, unless
 * an attribute says already how it is merged.
 *
 * @param file absolute
 * @param pattern what the attribute is for: `*.baseline.json`
 * @returns the file that was written; null when nothing was to do
 */
export async function mergeByLine(file: string, pattern: string): Promise<string | null> {
  const folder = path.dirname(file);
  if (!isInRepository(folder)) return null;
  const git = await safeGit(folder);
  const said = await git()
    .raw(['check-attr', '-z', 'merge', '--', path.basename(file)])
    .catch(() => null);
  if (said === null || said.split('\0')[2] !== 'unspecified') return null;
  const attributes = path.join(folder, '.gitattributes');
  const before = fs.existsSync(attributes) ? fs.readFileSync(attributes, 'utf8') : '';
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  fs.writeFileSync(attributes, `${before}${gap}${pattern} merge=union\n`);
  return attributes;
}
