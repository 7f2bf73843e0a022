import * as z from 'zod';

/** Option fields that several metrics share. */

export const path = z
  .string()
  .trim()
  .min(1)
  .optional()
  .meta({ description: 'Looks at this part of a JSON output, e.g. `category` or `items[0].name`.' });

export const expected = z.json().optional().meta({
  description: "What is expected; may hold templates such as {{expected.category}}. By default the case's expected.",
});

export const threshold = z
  .number()
  .gt(0)
  .max(1)
  .optional()
  .meta({ description: 'Passes at or above it, 0..1. Without it the metric measures and cannot fail by itself.' });

/** Options of a metric that compares the output with one or more texts. */
export const textFields = { path, expected, threshold };

/** The most that a measurement may be; without it there is nothing to fail. */
export const max = z
  .number()
  .min(0)
  .optional()
  .meta({ description: 'Passes at or below it. Without it the metric only measures.' });

/** Options of a metric that counts what differs from one or more texts. */
export const errorFields = { path, expected, max };
