// Runs the C++ programs about sockets and rows: the addon's own code under AddressSanitizer and UndefinedBehaviorSanitizer.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingNativeTools } from '../../../scripts/native-tools.mjs';

const here = import.meta.dirname;
const BUILD_PATIENCE_MS = 300_000;
const FUZZ_INPUTS = '200000';

/** Runs a command to its end. Returns what it printed; throws with all of it when it failed. */
function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** Builds a program and runs it; the named cases that it says it has passed. */
function passed(name: string, flavor: 'sanitized' | 'portable', ...args: readonly string[]): string[] {
  const flags = flavor === 'portable' ? ['PORTABLE=yes'] : [];
  run('make', ['-j2', '-C', join(here, 'cc'), ...flags, name]);
  return [...run(join(here, '..', 'build', 'test', flavor, name), args).matchAll(/^ok (.*)$/gm)].map(
    (match) => match[1]!,
  );
}

describe.skipIf(missingNativeTools().length > 0 || process.platform !== 'linux')('sockets in C++ by themselves', () => {
  test.each(['sanitized', 'portable'] as const)(
    '%s: datagrams, queue, addresses',
    { timeout: BUILD_PATIENCE_MS },
    (flavor) => {
      expect(passed('udp_behaviour', flavor)).toHaveLength(6);
    },
  );

  test('a short fuzzing of rows and of a whole plane finds nothing', { timeout: BUILD_PATIENCE_MS }, () => {
    const seed = String(process.env.SEED ?? 1);
    expect(passed('fuzz_rows', 'sanitized', FUZZ_INPUTS, seed)).toHaveLength(2);
    expect(passed('fuzz_plane', 'sanitized', FUZZ_INPUTS, seed)).toHaveLength(1);
  });
});
