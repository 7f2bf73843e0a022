/** What became of a case under one variant, the most pressing first. */
export const CHANGE_GROUPS = ['broke', 'fixed', 'changed', 'unclear', 'same'] as const;
export type ChangeGroup = (typeof CHANGE_GROUPS)[number];
