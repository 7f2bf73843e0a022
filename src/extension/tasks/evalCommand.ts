/** What a task of type `touchstone` says in tasks.json. */
export type EvalTask = { readonly suite: string; readonly args?: readonly string[] };

/**
 * The process that a task runs: the command line of this extension, on the Node of the editor.
 *
 * @param execPath the editor's own runtime; in a desktop VS Code that is Electron, which is plain Node with the variable set
 * @param problemsFile where the failing cases are written, for the Problems panel
 */
export function evalProcess(
  task: EvalTask,
  execPath: string,
  cliPath: string,
  problemsFile: string,
): { readonly process: string; readonly args: string[]; readonly env: { readonly [name: string]: string } } {
  return {
    process: execPath,
    args: [cliPath, 'eval', task.suite, '--problems', '--problems-file', problemsFile, ...(task.args ?? [])],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  };
}
