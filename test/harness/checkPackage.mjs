// What the VSIX holds: the bundles, the views, the media, and one native binary for each platform; nothing else.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { listFiles } from '@vscode/vsce';

const PLATFORMS = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64',
  'linux-x64',
  'linuxmusl-arm64',
  'linuxmusl-x64',
  'win32-arm64',
  'win32-x64',
];
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
// Eight native binaries have 9 MiB, the two vocabularies of the token counter 1.5.
const SIZE_LIMIT_MIB = 12;

const files = await listFiles({ dependencies: false });
const unexpected = files.filter((file) => !EXPECTED.some((pattern) => pattern.test(file)));
assert.deepEqual(unexpected, [], 'files that nothing needs');
const binaries = files.filter((file) => file.endsWith('.node')).map((file) => file.replace(/^.*\/(.*)\.node$/, '$1'));
assert.deepEqual(binaries.sort(), PLATFORMS, 'one native binary for each platform');

const importsOf = (file) => fs.readFileSync(file, 'utf8');
for (const file of files.filter((name) => /^dist\/(cli\.mjs|worker\.mjs|chunks\/)/.test(name))) {
  assert.doesNotMatch(importsOf(file), /(from|require\()\s*["']vscode["']/, `${file} knows vscode`);
}
assert.doesNotMatch(importsOf('dist/webview/playground.js'), /require\(["']node:/, 'the views know node:');

const sizeMib = fs.statSync('touchstone.vsix').size / 2 ** 20;
assert.ok(sizeMib < SIZE_LIMIT_MIB, `the package has ${sizeMib.toFixed(1)} MiB`);
console.log(`package: ${files.length} files, ${binaries.length} native binaries, ${sizeMib.toFixed(1)} MiB`);
