import { randomUUID } from 'node:crypto';
import { ABORTED, raceAbort } from '../../engine/run/raceAbort.ts';
import type { EditorAnswer } from '../../protocol/models.ts';
import type { HostApi } from '../../protocol/worker.ts';
import type { EditorModels } from '../model/editorClient.ts';

const STOPPED: EditorAnswer = { ok: false, code: 'cancelled', message: 'Stopped.', remedy: null };

type Port = Pick<HostApi, 'askEditorModel' | 'stopEditorModel'>;

/** The editor's models as the engine asks them: a call back to the host, whose text arrives in pieces. */
export class EditorCalls {
  readonly #listeners = new Map<string, (text: string) => void>();

  /** A piece of the answer to one of the calls; late ones are ignored. */
  onDelta(callId: string, text: string): void {
    this.#listeners.get(callId)?.(text);
  }

  models(host: Port): EditorModels {
    return {
      ask: async (request, { signal, onDelta }) => {
        const callId = randomUUID();
        if (onDelta) this.#listeners.set(callId, onDelta);
        const stop = () => host.stopEditorModel(callId);
        signal.addEventListener('abort', stop, { once: true });
        try {
          // A model may go on after it was told to stop; nobody waits for it then.
          const answer = await raceAbort(host.askEditorModel(callId, request), signal);
          return answer === ABORTED ? STOPPED : answer;
        } finally {
          signal.removeEventListener('abort', stop);
          this.#listeners.delete(callId);
        }
      },
    };
  }
}
