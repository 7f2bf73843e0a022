/** A model that turns texts into vectors. */
export type Embedder = {
  /**
   * A vector for each text, in their order, all of one length. What was asked before in this run is not asked again.
   *
   * @throws ModelError for a call that failed, after its retries
   */
  readonly embed: (texts: readonly string[], signal: AbortSignal) => Promise<Embedded>;
};

export type Embedded = {
  readonly vectors: readonly Float64Array[];
  /** Of what was asked now; null when it is unknown. */
  readonly costUsd: number | null;
};

/** @param model `provider/name`; asked of nobody before the first text */
export type FindEmbedder = (model: string) => Embedder | { readonly error: string; readonly remedy: string };
