import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Folders that tests write into; `remove` takes all of them away. */
export function temporaryWorkspaces(): {
  readonly make: (files: { readonly [path: string]: string }) => string;
  readonly remove: () => void;
} {
  const made: string[] = [];
  return {
    make: (files) => {
      const root = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-workspace-'));
      made.push(root);
      for (const [name, text] of Object.entries(files)) {
        const file = path.join(root, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, text);
      }
      return root;
    },
    remove: () => {
      for (const root of made.splice(0)) fs.rmSync(root, { recursive: true, force: true });
    },
  };
}
