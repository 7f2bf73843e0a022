// What a VSIX holds: the bundles, the views, the media, and the native binary of its platform; nothing else.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { listFiles } from '@vscode/vsce';

const EXPECTED = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^docs\/(models|own-metrics|metrics\/[\w-]+)\.md$/,
  /^dist\/(extension\.cjs|worker\.mjs|cli\.mjs|scriptRunner\.mjs|sqlRunner\.mjs|touchstone\.cjs)$/,
  /^dist\/chunks\/[\w.-]+\.mjs$/,
  /^dist\/webview\/(playground\.(js|css)|codicon\.ttf)$/,
  /^dist\/node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/[\w./-]+\.js|prebuilds\/[\w-]+\.node)$/,
  /^media\/(icon\.(png|svg)|[\w.-]+\.json|walkthrough\/[\w.-]+)$/,
  /^media\/judges\/[\w-]+\.prompt$/,
  /^syntaxes\/[\w.]+\.json$/,
  /^media\/sample\/(?!\.touchstone)[\w./-]+$/,
];
// The two vocabularies of the token counter have 1.5 MB, the native binary 1.2, the language profiles 0.5.
const SIZE_LIMIT_MB = 6;

/**
 * @param packagePath the VSIX that was just written from this folder
 * @param binary the file name of the one native binary that it holds
 * @throws AssertionError with what is wrong
 */
export async function checkPackage(packagePath, binary) {
  const files = await listFiles({ dependencies: false });
  const unexpected = files.filter((file) => !EXPECTED.some((pattern) => pattern.test(file)));
  assert.deepEqual(unexpected, [], 'files that nothing needs');
  const binaries = files.filter((file) => file.endsWith('.node')).map((file) => file.replace(/^.*\//, ''));
  assert.deepEqual(binaries, [binary], 'the native binary of this platform');

  const importsOf = (file) => fs.readFileSync(file, 'utf8');
  for (const file of files.filter((name) => /^dist\/(cli\.mjs|worker\.mjs|chunks\/)/.test(name))) {
    assert.doesNotMatch(importsOf(file), /(from|require\()\s*["']vscode["']/, `${file} knows vscode`);
  }
  assert.doesNotMatch(importsOf('dist/webview/playground.js'), /require\(["']node:/, 'the views know node:');

  const size = fs.statSync(packagePath).size / 1e6;
  assert.ok(size < SIZE_LIMIT_MB, `the package has ${size.toFixed(1)} MB`);
  console.log(`${packagePath}: ${files.length} files, ${size.toFixed(1)} MB`);
}
