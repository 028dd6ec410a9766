import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Real browsers against a real server: one file at a time. What fails is tried once more, since a browser on a busy machine
 * now and then loses its own races; `npm test` names each test that needed it, and each such is a fault to be looked for.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    name: 'e2e',
    include: ['*.test.ts'],
    globalSetup: ['support/built.ts'],
    fileParallelism: false,
    pool: 'forks',
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    reporters: ['default'],
  },
});
