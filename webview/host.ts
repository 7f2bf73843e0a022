import type { ViewMessage } from '../src/protocol/views.ts';

/** The editor around the view: the only way out of it. */
export type Host = {
  post(message: ViewMessage): void;
  /** What `save` kept; anything at all when another version of the view wrote it. */
  saved(): unknown;
  save(state: unknown): void;
};

/** May be called once in the life of a view: VS Code refuses a second call. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    saved: () => api.getState(),
    save: (state) => api.setState(state),
  };
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};
