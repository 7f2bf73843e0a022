/** Calls `action` at once, then at most every `everyMs`; a call in between is made up for at the end of the pause. */
export function throttled(
  action: () => void,
  everyMs: number,
): { readonly call: () => void; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let missed = false;
  const pause = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!missed) return;
      missed = false;
      action();
      pause();
    }, everyMs);
  };
  return {
    call() {
      if (timer) {
        missed = true;
        return;
      }
      action();
      pause();
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      missed = false;
    },
  };
}

/** Calls `action` once the calls have paused for `quietMs`; `flush` does it now if one is due. */
export function debounced(
  action: () => void,
  quietMs: number,
): { readonly call: () => void; readonly flush: () => void; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    call() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = undefined;
        action();
      }, quietMs);
    },
    flush() {
      if (!timer) return;
      cancel();
      action();
    },
    cancel,
  };
}
