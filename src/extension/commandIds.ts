/** Every command that package.json contributes; a test compares the two, and `commands.ts` must handle each. */
export const COMMAND_IDS = [
  'touchstone.run',
  'touchstone.evaluate',
  'touchstone.stop',
  'touchstone.openPlayground',
  'touchstone.showResults',
  'touchstone.showHistory',
  'touchstone.reviewOutputs',
  'touchstone.compareRuns',
  'touchstone.compareWithHead',
  'touchstone.compareWithRevision',
  'touchstone.rescore',
  'touchstone.useAsBaseline',
  'touchstone.showVersions',
  'touchstone.toggleScoreBlame',
  'touchstone.saveReport',
  'touchstone.addCases',
  'touchstone.newPrompt',
  'touchstone.newMetric',
  'touchstone.convertPrompt',
  'touchstone.selectModel',
  'touchstone.connectModel',
  'touchstone.testConnection',
  'touchstone.openSample',
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];

/** VS Code's own: shows the Problems panel. */
export const PROBLEMS_COMMAND = 'workbench.actions.view.problems';
