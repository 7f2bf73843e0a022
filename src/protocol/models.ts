import type { JsonObject } from '../engine/json.ts';
import type { ModelErrorCode, ToolCall } from '../engine/model/modelClient.ts';
import type { Message } from '../engine/prompt/message.ts';

/** What a model of the editor is asked. */
export type EditorRequest = {
  /** As the editor names it. */
  readonly model: string;
  readonly messages: readonly Message[];
  readonly params: JsonObject;
  readonly tools: readonly JsonObject[];
};

export type EditorAnswer =
  | { readonly ok: true; readonly output: string; readonly toolCalls: readonly ToolCall[] }
  | { readonly ok: false; readonly code: ModelErrorCode; readonly message: string; readonly remedy: string | null };

/** How the network is reached, as an editor's settings say it. */
export type NetworkSettings = {
  /** Empty: that of the environment. */
  readonly proxy: string;
  /** Hosts that are reached without it, beside those of `NO_PROXY`. */
  readonly noProxy: readonly string[];
  /** false: no proxy at all. */
  readonly proxySupport: boolean;
  /** false: certificates are not checked. */
  readonly strictSsl: boolean;
  /** Certificates that the operating system trusts are trusted too. */
  readonly systemCertificates: boolean;
};

/** A provider that can be asked: it has an address, and a key where it wants one. */
export type ProviderOffer = {
  readonly provider: string;
  readonly label: string;
  /** Where it is, as it may be shown. */
  readonly address: string;
  /** The variable that its key is in, `safe` for the editor's, null where it needs none. */
  readonly keyFrom: string | null;
  /** A name to begin with; null where none is known. */
  readonly model: string | null;
};

/** What a workspace can ask besides the editor's own models. */
export type ModelOffers = {
  /** Servers on this machine or in its network: asked for their models only when somebody wants to know. */
  readonly local: readonly ProviderOffer[];
  readonly keyed: readonly ProviderOffer[];
  /** `http/<name>`, `command/<name>`. */
  readonly targets: readonly string[];
};

/** What came of asking a provider for its models, or a model for one word. */
export type ConnectionTest =
  | {
      readonly ok: true;
      readonly latencyMs: number;
      /** What the provider says it has; null when a model was asked instead. */
      readonly models: readonly string[] | null;
      /** What the model said; null when the provider was asked for its models. */
      readonly output: string | null;
    }
  | { readonly ok: false; readonly code: ModelErrorCode; readonly message: string; readonly remedy: string | null };
