import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What measures time or memory, fills the machine with pages, or plays with its sound: nothing else runs meanwhile. */
const ALONE = [
  'chromium-with-firefox.test.ts',
  'data-through-server.test.ts',
  'file-through-server.test.ts',
  'file-transfer.test.ts',
  'hundred-members.test.ts',
  'join-time.test.ts',
  'media-thread-dies.test.ts',
  'mesh.test.ts',
  'moving-call.test.ts',
  'microphone-plug.test.ts',
  'narrow-line.test.ts',
  'network-causes-line.test.ts',
  'network-causes-path.test.ts',
  'network-loss.test.ts',
  'relayed-call.test.ts',
  'restart-collision.test.ts',
  'through-server.test.ts',
  'twelve-members.test.ts',
  'whip-loss.test.ts',
];
/** Two browsers are as much as two cores encode and decode for; on a larger machine there may be some more. */
const AT_ONCE = Math.min(availableParallelism(), 4);

/**
 * Real browsers against a real server. What fails is tried once more, since a browser on a busy machine now and then loses its
 * own races; `npm test` names each test that needed it, and each such is a fault to be looked for.
 */
const all = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  globalSetup: 'support/built.ts',
  pool: 'forks',
  retry: 1,
  testTimeout: 120_000,
  hookTimeout: 60_000,
  teardownTimeout: 20_000,
} as const;

export default defineConfig({
  root: all.root,
  test: {
    reporters: ['default'],
    teardownTimeout: all.teardownTimeout,
    projects: [
      {
        test: {
          ...all,
          name: 'e2e',
          include: ['*.test.ts'],
          exclude: ALONE,
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...all, name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
