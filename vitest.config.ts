import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    // better-sqlite3 and child processes are steadier in processes than in threads.
    pool: 'forks',
    testTimeout: 20_000,
    reporters: ['default'],
  },
});
