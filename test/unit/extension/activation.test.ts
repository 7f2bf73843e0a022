import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('what VS Code loads to activate holds none of the heavy packages', async () => {
  const { metafile } = await build({
    entryPoints: ['src/extension/extension.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    external: ['vscode'],
    logLevel: 'silent',
  });
  const packages = Object.keys(metafile.inputs).flatMap(
    (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
  );
  // zod reads what a view sends, birpc talks to the worker, where everything else is.
  expect([...new Set(packages)].sort()).toEqual(['birpc', 'zod']);
});
