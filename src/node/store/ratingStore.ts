import type { Rating } from '../../engine/rating/rating.ts';
import type { Database } from './database.ts';
import { RATING_COLUMNS, ratingValues, subjectBytes, toRating } from './ratingRow.ts';
import { createSubjectScores } from './subjectScores.ts';

export type RatingReader = {
  /** Of one answer under one metric, in no order; what was taken back is among them. */
  of(subject: string, metric: string): Rating[];
  /** All, or those of answers that a run of this suite got. */
  all(suite?: string): Rating[];
};

export type RatingWriter = {
  /**
   * Keeps ratings, each once, and scores again what they are of, in every run that asks people. All or nothing.
   *
   * @returns how many were new
   */
  add(ratings: readonly Rating[]): number;
  /** Scores again what people said of a run's answers while it was written. Call it in a transaction. */
  refreshRun(run: number): void;
};

export function createRatingReader(database: Database): RatingReader {
  const of = database.prepare(`SELECT ${RATING_COLUMNS} FROM rating WHERE subject = ? AND metric = ?`);
  const all = database.prepare(`SELECT ${RATING_COLUMNS} FROM rating ORDER BY uid`);
  const ofSuite = database.prepare(
    `SELECT ${RATING_COLUMNS} FROM rating WHERE subject IN (
       SELECT subject FROM sample JOIN run ON run.seq = sample.run WHERE run.suite = ? AND subject IS NOT NULL)
     ORDER BY uid`,
  );
  return {
    of: (subject, metric) => of.all(subjectBytes(subject), metric).map(toRating),
    all: (suite) => (suite === undefined ? all.all() : ofSuite.all(suite)).map(toRating),
  };
}

export function createRatingWriter(database: Database): RatingWriter {
  const insert = database.prepare(
    `INSERT OR IGNORE INTO rating (uid, subject, metric, criterion, scale, value, comment, author, rated_at, seen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const reader = createRatingReader(database);
  const scores = createSubjectScores(database, reader.of);
  const ratedIn = database.prepare<[number], { subject: string; metric: string }>(
    `SELECT DISTINCT lower(hex(rating.subject)) AS subject, metric FROM sample JOIN rating USING (subject) WHERE sample.run = ?`,
  );
  return { add, refreshRun: (run) => scores.refresh(ratedIn.all(run), run) };

  function add(ratings: readonly Rating[]): number {
    const transaction = database.transaction(() => {
      const fresh = ratings.filter((rating) => insert.run(...ratingValues(rating)).changes > 0);
      scores.refresh(fresh);
      return fresh.length;
    });
    // What a person did cannot be had again from a model: it is on the disk before it is said to be kept.
    database.pragma('synchronous = FULL');
    try {
      return transaction.immediate();
    } finally {
      database.pragma('synchronous = NORMAL');
    }
  }
}
