// Runs the C++ programs of test/cc: the media addon's own code, built by itself with AddressSanitizer and
// UndefinedBehaviorSanitizer, so that a byte read too far fails here.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { missingNativeTools } from '../../../scripts/native-tools.mjs';

const here = import.meta.dirname;
const programs = join(here, '..', 'build', 'test', 'sanitized');
const missing = missingNativeTools();
/** Targets of test/cc/Makefile. */
const wanted = [
  'srtp_vectors',
  'srtp_behaviour',
  'srtp_agreement',
  'dtls_behaviour',
  'dtls_thousand',
  'udp_behaviour',
  'tcp_behaviour',
  'fuzzers',
];

/** Runs a command to its end. Returns what it printed; throws with all of it when it failed. */
function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** The named cases that a program says it has passed. */
function passed(name: string, ...args: readonly string[]): string[] {
  return [...run(join(programs, name), args).matchAll(/^ok (.*)$/gm)].map((match) => match[1]!);
}

if (missing.length > 0)
  console.warn(`Skipped: the C++ programs need ${missing.join(', ')} (scripts/native-tools.mjs).`);

describe.skipIf(missing.length > 0)('the C++ code under its sanitizers', () => {
  beforeAll(() => {
    run('make', ['-j2', '-C', join(here, 'cc'), ...wanted]);
  }, 300_000);

  test('reproduces the vectors of RFC 3711 appendix B and of RFC 7714', () => {
    expect(passed('srtp_vectors')).toHaveLength(7);
  });

  test('takes packets once, uses numbers once, and refuses forgeries', { timeout: 120_000 }, () => {
    expect(passed('srtp_behaviour')).toHaveLength(13);
  });

  test('agrees with libsrtp2 over 10,000 random packets per profile, kind and direction', { timeout: 120_000 }, () => {
    const cases = passed('srtp_agreement', String(process.env.SEED ?? 1));
    expect(cases.filter((name) => name.includes('libsrtp takes 10000 of ours'))).toHaveLength(8);
    expect(cases.filter((name) => name.includes("we take 10000 of libsrtp's"))).toHaveLength(8);
  });

  test('shakes hands over DTLS, through loss, and not with strangers', { timeout: 120_000 }, () => {
    expect(passed('dtls_behaviour')).toHaveLength(14);
  });

  test('gives back all memory of 1,000 sessions of every fate', { timeout: 120_000 }, () => {
    // LeakSanitizer speaks when the program ends, and fails it.
    expect(passed('dtls_thousand', '1000')).toEqual(['1000 sessions were opened and closed']);
  });

  test('sends, receives, queues and remembers addresses', { timeout: 120_000 }, () => {
    expect(passed('udp_behaviour')).toHaveLength(6);
  });

  test('takes datagrams out of streams, bounds connections and their queues', { timeout: 120_000 }, () => {
    expect(passed('tcp_behaviour')).toHaveLength(7);
  });

  test('does so over the sockets of systems without recvmmsg and segments, too', { timeout: 240_000 }, () => {
    run('make', ['-C', join(here, 'cc'), 'PORTABLE=yes', 'udp_behaviour', 'tcp_behaviour']);
    expect(passed('../portable/udp_behaviour')).toHaveLength(6);
    expect(passed('../portable/tcp_behaviour')).toHaveLength(7);
  });

  test.each(['fuzz_srtp', 'fuzz_dtls', 'fuzz_pem', 'fuzz_rows', 'fuzz_plane', 'fuzz_frames'])(
    'withstands a short run of %s',
    { timeout: 240_000 },
    (name) => {
      const inputs = name === 'fuzz_pem' ? '500' : '5000';
      expect(passed(name, inputs, String(process.env.SEED ?? 1)).length).toBeGreaterThan(0);
    },
  );
});
