import { messagesKey } from '../../node/messagesKey.ts';
import type { AnswersMessage, AnswersState, Lane } from '../../protocol/answers.ts';
import type { HostMessage, PreviewState } from '../../protocol/views.ts';
import type { Answers, AskedCase } from './answers.ts';
import { addLane, changeLane, removeLane } from './lanes.ts';

/** What the user is asked for outside of the view; null when they turned back. */
export type LaneQuestions = {
  readonly askModel: (promptPath: string) => Promise<string | null>;
  readonly askParams: (current: Lane['params']) => Promise<Lane['params'] | null>;
};

export type PlaygroundAnswersPorts = LaneQuestions & {
  readonly answers: Answers;
  readonly post: (message: HostMessage) => void;
  /** What is on show; null when no prompt is. */
  readonly shown: () => AskedCase | null;
  readonly preview: () => PreviewState | null;
  readonly onError: (error: unknown) => void;
};

/** The answers of the prompt and case on show: sends them to the view, and does what it asks about them. */
export class PlaygroundAnswers {
  readonly #ports: PlaygroundAnswersPorts;
  readonly #ends: (() => void)[];
  #sent = '';

  constructor(ports: PlaygroundAnswersPorts) {
    this.#ports = ports;
    const { answers, shown, post } = ports;
    this.#ends = [
      answers.changed.on((path) => path === shown()?.path && this.send()),
      answers.delta.on(({ path, caseIndex, ...delta }) => {
        const now = shown();
        if (path === now?.path && caseIndex === now.caseIndex) post({ type: 'answer-delta', ...delta });
      }),
    ];
  }

  dispose(): void {
    for (const end of this.#ends) end();
  }

  send(): void {
    const shown = this.#ports.shown();
    if (shown === null) return;
    const state = this.#ports.answers.state(shown.path, shown.caseIndex);
    const outdated = this.#outdatedLanes(state);
    this.#sent = nameOf(shown, outdated);
    this.#ports.post({ type: 'answers', state: { ...state, outdated } });
  }

  /** Another case came on show, or another text of it, to which the answers are none. */
  shownChanged(): void {
    const shown = this.#ports.shown();
    if (shown === null) return;
    const outdated = this.#outdatedLanes(this.#ports.answers.state(shown.path, shown.caseIndex));
    if (nameOf(shown, outdated) !== this.#sent) this.send();
  }

  run(): void {
    const shown = this.#ports.shown();
    if (shown) void this.#ports.answers.run(shown);
  }

  handle(message: AnswersMessage): unknown {
    const { answers } = this.#ports;
    const shown = this.#ports.shown();
    if (shown === null) return;
    const { path, caseIndex } = shown;
    switch (message.type) {
      case 'set-draft':
        return answers.setDraft(path, caseIndex, message.text);
      case 'edit-turn':
        return answers.editTurn(path, caseIndex, message.target);
      case 'send-draft':
        return void answers.sendDraft(shown);
      case 'clear-conversation':
        return answers.clear(path, caseIndex);
      case 'run-lane':
        return void answers.runLane(shown, message.lane);
      case 'stop-lane':
        return answers.stop(path, caseIndex, message.lane);
      case 'add-lane':
        return void this.#addLane(path, message.kind).catch(this.#ports.onError);
      case 'change-lane':
        return void this.#changeLane(path, message.lane, message.kind).catch(this.#ports.onError);
      case 'remove-lane':
        return answers.setLanes(path, removeLane(answers.lanes(path), message.lane));
      default:
        message satisfies never;
    }
  }

  /** The new lane is the first one but for what was asked for; nothing is sent until the user runs it. */
  async #addLane(path: string, kind: 'model' | 'params' | 'HEAD'): Promise<void> {
    const { answers } = this.#ports;
    const [first] = answers.lanes(path);
    if (!first) return;
    const change = kind === 'HEAD' ? { version: 'HEAD' as const } : await this.#askChange(path, first, kind);
    if (change) answers.setLanes(path, addLane(answers.lanes(path), { ...first, ...change }));
  }

  async #changeLane(path: string, id: string, kind: 'model' | 'params'): Promise<void> {
    const { answers } = this.#ports;
    const lane = answers.lanes(path).find((one) => one.id === id);
    const change = lane && (await this.#askChange(path, lane, kind));
    if (change) answers.setLanes(path, changeLane(answers.lanes(path), id, change));
  }

  async #askChange(path: string, lane: Lane, kind: 'model' | 'params'): Promise<Partial<Lane> | null> {
    if (kind === 'model') {
      const model = await this.#ports.askModel(path);
      return model === null ? null : { model };
    }
    const params = await this.#ports.askParams(lane.params);
    return params && { params };
  }

  /** Only the working copy is on show to be compared with; a stale preview shows an older text itself. */
  #outdatedLanes({ lanes, answers }: Omit<AnswersState, 'outdated'>): readonly string[] {
    const preview = this.#ports.preview();
    if (preview === null || preview.isStale) return [];
    const shown = messagesKey(preview.messages);
    return lanes.flatMap(({ id, version }, index) => {
      const answer = answers[index]?.[0];
      const differs = answer?.status === 'done' && answer.sent !== '' && answer.sent !== shown;
      return differs && version === 'working' ? [id] : [];
    });
  }
}

function nameOf({ path, caseIndex }: AskedCase, outdated: readonly string[]): string {
  return JSON.stringify([path, caseIndex, outdated]);
}
