/** A version of a prompt, from git or the history, with what it came to. */
export type ListedVersion = {
  /** 64 hex digits; null where the commit's text cannot be read as a prompt. */
  readonly version: string | null;
  /** null for what is not committed. */
  readonly commit: string | null;
  readonly author: string | null;
  readonly subject: string | null;
  /** ISO time of the commit, or of the first run; null for the file as it is. */
  readonly at: string | null;
  /** Mean composite of the newest run of all cases; null where none is kept. */
  readonly composite: number | null;
  /** Since the next older version that was measured alike; null where there is none. */
  readonly change: number | null;
  readonly run: string | null;
  readonly runs: number;
};

/** A line of a prompt as it is on the disk, with the commit that it came with. */
export type BlamedLine = {
  /** From 1. */
  readonly line: number;
  /** null for a line that is not committed. */
  readonly commit: string | null;
  /** What the prompt came to before that commit and with it; null where nobody knows. */
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
};
