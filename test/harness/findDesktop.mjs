import fs from 'node:fs';
import path from 'node:path';

/** The application binary of a desktop VS Code (not its `code` script): VSCODE_PATH, else where installers put it; else undefined. */
export function findDesktop() {
  if (process.env.VSCODE_PATH) return process.env.VSCODE_PATH;
  return (candidates[process.platform] ?? []).find((file) => fs.existsSync(file));
}

const candidates = {
  linux: ['/usr/share/code/code', '/usr/share/code-insiders/code-insiders', '/snap/code/current/usr/share/code/code'],
  darwin: ['Code', 'Electron'].map((name) => `/Applications/Visual Studio Code.app/Contents/MacOS/${name}`),
  win32: [
    process.env.LOCALAPPDATA && path.join(process.env.LOCALAPPDATA, 'Programs', 'Microsoft VS Code', 'Code.exe'),
    process.env.ProgramFiles && path.join(process.env.ProgramFiles, 'Microsoft VS Code', 'Code.exe'),
  ].filter(Boolean),
};
