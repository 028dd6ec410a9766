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
    ],
    exclude: ['**/dist/**', '**/node_modules/**'],
    testTimeout: 60_000,
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
