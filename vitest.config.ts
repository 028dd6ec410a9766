import { defineConfig } from 'vitest/config';

const conditions = ['madang:source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/src/**/*.test.{ts,tsx}',
      'packages/*/test/**/*.test.{ts,tsx}',
      'test/docs/**/*.test.ts',
      'scripts/**/*.test.mjs',
      'fuzz/**/*.test.ts',
      'bench/**/*.test.mjs',
      'test/soak/**/*.test.mjs',
    ],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 60_000,
    // Left to itself vitest leaves a core free, which on two cores is half of them.
    maxWorkers: '100%',
    // Real sockets and processes on a busy machine lose a race now and then; `npm test` names each test that did. A property
    // that has a counterexample is broken, whatever comes of another seed.
    retry: { count: 1, condition: /^(?!Property failed)/ },
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      reporter: ['text-summary', 'json-summary', 'html'],
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/dist/**'],
      thresholds: {
        'packages/engine/src/**': { lines: 90 },
        'packages/protocol/src/**': { lines: 90 },
      },
    },
  },
});
