const EVERY_MS = 30;

/** Gathers the small pieces that models stream into about thirty a second: faster than eyes, and no flood of messages. */
export function gatherText(give: (text: string) => void): {
  readonly add: (text: string) => void;
  readonly flush: () => void;
} {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    give(text);
  };
  return {
    add(text) {
      waiting += text;
      timer ??= setTimeout(flush, EVERY_MS);
    },
    flush,
  };
}
