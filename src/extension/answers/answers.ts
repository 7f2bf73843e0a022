import type { JsonObject } from '../../engine/json.ts';
import type { Message } from '../../engine/prompt/message.ts';
import {
  type AnswerState,
  type AnswersState,
  type Draft,
  type Lane,
  MAX_LANES,
  type OutputCheck,
} from '../../protocol/answers.ts';
import { Emitter } from '../emitter.ts';
import type { RemoteWorker } from '../workerClient.ts';
import { answerAt, exchangesOf, isSaid, turnsBefore, withAnswer, withoutAnswers } from './conversation.ts';
import { Conversations } from './conversations.ts';
import { sayDraft, turnText } from './drafts.ts';
import type { KeptAnswers } from './keptAnswers.ts';
import { toAnswerState, toFailedState } from './toAnswerState.ts';

/** The case that is asked about. */
export type AskedCase = {
  readonly path: string;
  readonly caseIndex: number;
  readonly suitePath: string | undefined;
  readonly vars: JsonObject;
};

export type AnswersPorts = {
  readonly worker: () => Pick<RemoteWorker, 'runCase' | 'stop'>;
  /** Asked before anything is sent; whoever says no has told the user why. */
  readonly mayRun: () => boolean;
  readonly stored: () => unknown;
  readonly store: (kept: KeptAnswers) => void;
};

type Place = { readonly lane: string; readonly exchange: number };
type Call = Place & { readonly path: string; readonly caseIndex: number };
/** More text of an answer; `at` is the length before it. */
export type Delta = Call & { readonly at: number; readonly text: string };

/** What the playground's lanes answer, and all that was said before. The views hold none of it. */
export class Answers {
  /** Something of a prompt's answers changed other than by a piece of text. */
  readonly changed = new Emitter<string>();
  readonly delta = new Emitter<Delta>();
  readonly #ports: AnswersPorts;
  readonly #conversations: Conversations;
  readonly #calls = new Map<string, Call>();
  #count = 0;

  constructor(ports: AnswersPorts) {
    this.#ports = ports;
    this.#conversations = new Conversations(ports.stored, ports.store);
  }

  get isBusy(): boolean {
    return this.#calls.size > 0;
  }

  isRunning(path: string, caseIndex?: number): boolean {
    return this.#callsOf(path, caseIndex).length > 0;
  }

  state(path: string, caseIndex: number): Omit<AnswersState, 'outdated'> {
    const conversation = this.#conversations.get(path, caseIndex);
    const lanes = this.lanes(path);
    const exchanges = Array.from({ length: exchangesOf(conversation) }, (_, index) => index);
    const answers = lanes.map(({ id }) => exchanges.map((exchange) => answerAt(conversation, id, exchange)));
    const { followUps, draft } = conversation;
    return { lanes, followUps, answers, draft, hasRoom: lanes.length < MAX_LANES };
  }

  lanes(path: string): readonly Lane[] {
    return this.#conversations.lanes(path);
  }

  /** Lanes that are no more are stopped, and their answers forgotten. */
  setLanes(path: string, lanes: readonly Lane[]): void {
    for (const { id } of this.lanes(path)) {
      if (lanes.some((lane) => lane.id === id)) continue;
      this.stop(path, undefined, id);
      this.#conversations.deleteLane(path, id);
    }
    this.#conversations.setLanes(path, lanes);
    this.changed.fire(path);
  }

  /** Asks all lanes for all turns again; nothing while one of them is still answering. */
  async run(asked: AskedCase): Promise<void> {
    if (this.isRunning(asked.path, asked.caseIndex) || !this.#ports.mayRun()) return;
    await this.#runLanes(asked, 0, null);
  }

  /** Asks one lane for its last answer again, or for all that it lacks. */
  async runLane(asked: AskedCase, id: string): Promise<void> {
    const { path, caseIndex } = asked;
    if (this.#callsOf(path, caseIndex, id).length > 0 || !this.#ports.mayRun()) return;
    const conversation = this.#conversations.get(path, caseIndex);
    let from = 0;
    while (from < exchangesOf(conversation) - 1 && isSaid(answerAt(conversation, id, from))) from += 1;
    await this.#runLanes(asked, from, id);
  }

  /** What is typed; the view has it already. */
  setDraft(path: string, caseIndex: number, text: string): void {
    const conversation = this.#conversations.get(path, caseIndex);
    this.#conversations.set(path, caseIndex, { ...conversation, draft: { ...conversation.draft, text } });
  }

  /** Takes a turn into the draft, to be said otherwise; null empties the draft. */
  editTurn(path: string, caseIndex: number, target: Draft['target']): void {
    const conversation = this.#conversations.get(path, caseIndex);
    const text = target === null ? '' : turnText(conversation, target);
    if (text === null) return;
    this.#conversations.set(path, caseIndex, { ...conversation, draft: { text, target } });
    this.changed.fire(path);
  }

  /** Says what is drafted and asks for the answers; nothing while one of the lanes is still answering. */
  async sendDraft(asked: AskedCase): Promise<void> {
    const { path, caseIndex } = asked;
    const ids = this.lanes(path).map(({ id }) => id);
    const said = sayDraft(this.#conversations.get(path, caseIndex), ids);
    const asks = said?.asksFrom !== null;
    // A view that has let go of the text already gets it back.
    if (said === null || this.isRunning(path, caseIndex) || (asks && !this.#ports.mayRun()))
      return this.changed.fire(path);
    this.#conversations.set(path, caseIndex, said.conversation);
    this.changed.fire(path);
    if (said.asksFrom !== null) await this.#runLanes(asked, said.asksFrom, said.lane);
  }

  clear(path: string, caseIndex: number): void {
    this.stop(path, caseIndex);
    this.#conversations.delete(path, caseIndex);
    this.changed.fire(path);
  }

  /** What was said in a lane after the prompt's own messages, and its last answer; null while there is none. */
  said(path: string, caseIndex: number, lane: string): { turns: readonly Message[]; answer: string } | null {
    const conversation = this.#conversations.get(path, caseIndex);
    const last = exchangesOf(conversation) - 1;
    const answer = answerAt(conversation, lane, last);
    const turns = turnsBefore(conversation, lane, last);
    return turns !== null && isSaid(answer) ? { turns, answer: answer.text } : null;
  }

  /** Stops what is being answered, here and at once: what has come is kept, what comes later is not listened to. */
  stop(path?: string, caseIndex?: number, lane?: string): void {
    const stopped = this.#callsOf(path, caseIndex, lane);
    for (const [callId, call] of stopped) {
      this.#calls.delete(callId);
      void this.#ports.worker().stop(callId);
      this.#set(call, { status: 'cancelled', text: this.#streamed(call)?.text ?? '' });
    }
    for (const changed of new Set(stopped.map(([, call]) => call.path))) this.changed.fire(changed);
  }

  onDelta(callId: string, text: string): void {
    const call = this.#calls.get(callId);
    const answer = call && this.#streamed(call);
    if (!answer) return;
    this.#set(call, { ...answer, text: answer.text + text });
    this.delta.fire({ ...call, at: answer.text.length, text });
  }

  onCheck(callId: string, check: OutputCheck): void {
    const call = this.#calls.get(callId);
    const answer = call && this.#streamed(call);
    if (!answer) return;
    this.#set(call, { ...answer, check });
    this.changed.fire(call.path);
  }

  /** One failing lane leaves the others alone. */
  async #runLanes(asked: AskedCase, from: number, only: string | null): Promise<void> {
    const lanes = this.lanes(asked.path).filter(({ id }) => only === null || id === only);
    await Promise.all(lanes.map((lane) => this.#runLane(asked, lane, from)));
  }

  /** One answer after the other, for each goes on from those before it; the first that fails ends it. */
  async #runLane(asked: AskedCase, lane: Lane, from: number): Promise<void> {
    const { path, caseIndex } = asked;
    const exchanges = exchangesOf(this.#conversations.get(path, caseIndex));
    this.#conversations.set(path, caseIndex, withoutAnswers(this.#conversations.get(path, caseIndex), lane.id, from));
    for (let exchange = from; exchange < exchanges; exchange += 1)
      if (!(await this.#ask(asked, lane, exchange))) return;
  }

  /** @returns whether the conversation can go on from it */
  async #ask({ path, caseIndex, suitePath, vars }: AskedCase, lane: Lane, exchange: number): Promise<boolean> {
    const turns = turnsBefore(this.#conversations.get(path, caseIndex), lane.id, exchange);
    if (turns === null) return false;
    this.#count += 1;
    const callId = `answer-${this.#count}`;
    const call: Call = { path, caseIndex, lane: lane.id, exchange };
    this.#calls.set(callId, call);
    this.#set(call, { status: 'streaming', text: '', check: null });
    this.changed.fire(path);
    const { id: _id, ...variant } = lane;
    let answer: AnswerState;
    try {
      const question = { ...variant, caseIndex, suitePath, vars, turns };
      answer = toAnswerState(await this.#ports.worker().runCase(callId, path, question));
    } catch (error) {
      answer = toFailedState(error, this.#streamed(call)?.text ?? '');
    }
    // What was stopped has been told already.
    if (!this.#calls.delete(callId)) return false;
    this.#set(call, answer);
    this.changed.fire(path);
    return answer.status === 'done';
  }

  #callsOf(path?: string, caseIndex?: number, lane?: string): (readonly [callId: string, call: Call])[] {
    return [...this.#calls].filter(
      ([, call]) =>
        (path === undefined || call.path === path) &&
        (caseIndex === undefined || call.caseIndex === caseIndex) &&
        (lane === undefined || call.lane === lane),
    );
  }

  #streamed({ path, caseIndex, lane, exchange }: Call): Extract<AnswerState, { status: 'streaming' }> | undefined {
    const answer = answerAt(this.#conversations.get(path, caseIndex), lane, exchange);
    return answer.status === 'streaming' ? answer : undefined;
  }

  #set({ path, caseIndex, lane, exchange }: Call, answer: AnswerState): void {
    const conversation = this.#conversations.get(path, caseIndex);
    this.#conversations.set(path, caseIndex, withAnswer(conversation, lane, exchange, answer));
  }
}
