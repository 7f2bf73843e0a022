/** What a task of type `touchstone` says in tasks.json. */
export type EvalTask = { readonly suite: string; readonly args?: readonly string[] };

/**
 * The process that a task runs: the command line of this extension, on the Node of the editor.
 *
 * @param execPath the editor's own runtime; in a desktop VS Code that is Electron, which is plain Node with the variable set
 */
export function evalProcess(
  task: EvalTask,
  execPath: string,
  cliPath: string,
): { readonly process: string; readonly args: string[]; readonly env: { readonly [name: string]: string } } {
  return {
    process: execPath,
    args: [cliPath, 'eval', task.suite, '--problems', ...(task.args ?? [])],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  };
}
