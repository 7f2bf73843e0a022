import * as z from 'zod';

/** The most that a share may be. */
export const shareLimit = () =>
  z
    .number()
    .min(0)
    .lt(1)
    .optional()
    .meta({ description: 'Passes at or below it, 0..1. Without it the metric only measures.' });
