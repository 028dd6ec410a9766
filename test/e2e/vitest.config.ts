import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Real browsers against a real server: one file at a time, nothing tried twice. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    name: 'e2e',
    include: ['*.test.ts'],
    globalSetup: ['support/built.ts'],
    fileParallelism: false,
    pool: 'forks',
    retry: 0,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    reporters: ['default'],
  },
});
