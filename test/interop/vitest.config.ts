import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Foreign WebRTC stacks, each a process of its own, against a real server: one file at a time. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    name: 'interop',
    include: ['*.test.ts'],
    globalSetup: ['support/ready.ts'],
    fileParallelism: false,
    pool: 'forks',
    retry: 1,
    testTimeout: 90_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});
