/** What can go wrong outside the user's files. Code branches on it; the front ends turn it into words. */
export type ErrorCode =
  | 'cancelled'
  | 'history-newer'
  | 'history-corrupt'
  | 'history-locked'
  | 'history-unwritable'
  | 'runtime-too-old'
  | 'not-found'
  | 'invalid-argument'
  | 'untrusted'
  | 'internal';

/** The one class that is thrown. What is expected (a bad file, a failed call) is data instead. */
export class TouchstoneError extends Error {
  override readonly name = 'TouchstoneError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown; readonly remedy?: string },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.remedy = options?.remedy;
  }

  readonly remedy: string | undefined;
}
