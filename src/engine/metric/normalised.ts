import type { MetricBody, Normalisation, ScoreOutcome } from './metric.ts';

/**
 * The same metric with its value, in its own unit, made to a score: `worst` and what is beyond it is 0, `best` is 1.
 *
 * A metric that only measured has a part in the composite by that; whether a sample passes by itself it still does not say.
 */
export function normalised(body: MetricBody, normalise: Normalisation): MetricBody {
  const rescored = (outcome: ScoreOutcome) => normalisedOutcome(outcome, normalise);
  const { worst, best } = normalise;
  return {
    ...body,
    ...(body.form && { form: { ...body.form, normalise } }),
    role: body.role === 'measures' ? 'grades' : body.role,
    signature: `${body.signature}|normalise:${worst}..${best}`,
    score: (input) => {
      const outcome = body.score(input);
      return outcome instanceof Promise ? outcome.then(rescored) : rescored(outcome);
    },
  };
}

/** The score is made of the value alone, so that doing it again changes nothing. */
export function normalisedOutcome(outcome: ScoreOutcome, { worst, best }: Normalisation): ScoreOutcome {
  if (outcome.outcome !== 'scored') return outcome;
  const share = (outcome.value - worst) / (best - worst);
  return { ...outcome, score: Math.min(1, Math.max(0, share)) };
}
