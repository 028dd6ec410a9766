import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const here = join(import.meta.dirname, '..');

describe('building the addon where it can’t be built', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'madang-native-'));
    for (const name of ['cc', 'src', 'binding.gyp', 'build-addon.mjs', 'list-sources.mjs', 'package.json'])
      cpSync(join(here, name), join(copy, name), { recursive: true });
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  function build(env: NodeJS.ProcessEnv) {
    return spawnSync(process.execPath, ['build-addon.mjs'], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  }

  test.each([
    ['a compiler', { CXX: '/nowhere/c++' }, 'a C++ compiler is missing'],
    ['make', { MAKE: '/nowhere/make' }, 'make is missing'],
    ['node-gyp', {}, 'node-gyp is not installed'],
  ])('without %s it says so in one sentence, and whoever called goes on', (_what, env, says) => {
    const { status, stdout, stderr } = build(env);
    expect(status).toBe(0);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(says);
  });
});
