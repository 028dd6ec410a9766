import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptTurnSecret, turnSecretPath } from './turn-secret.js';

const freshDirectory = () => join(mkdtempSync(join(tmpdir(), 'madang-secret-')), 'data');

test('is made once, of 256 bits, and read by its owner only', async () => {
  const dataDir = freshDirectory();
  const secret = await keptTurnSecret(dataDir);
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(statSync(turnSecretPath(dataDir)).mode & 0o777).toBe(0o600);
  expect(await keptTurnSecret(dataDir)).toBe(secret);
  expect(await keptTurnSecret(freshDirectory())).not.toBe(secret);
});

test('is the same for all that ask at the same time', async () => {
  const dataDir = freshDirectory();
  const secrets = await Promise.all(Array.from({ length: 8 }, () => keptTurnSecret(dataDir)));
  expect(new Set(secrets)).toEqual(new Set([readFileSync(turnSecretPath(dataDir), 'utf8').trim()]));
});

test('may be one that somebody has written there', async () => {
  const dataDir = freshDirectory();
  await keptTurnSecret(dataDir);
  writeFileSync(turnSecretPath(dataDir), 'chosen by somebody\n');
  expect(await keptTurnSecret(dataDir)).toBe('chosen by somebody');
});

test('an empty file is told of rather than taken for a secret', async () => {
  const dataDir = freshDirectory();
  await keptTurnSecret(dataDir);
  writeFileSync(turnSecretPath(dataDir), '\n');
  await expect(keptTurnSecret(dataDir)).rejects.toMatchObject({ code: 'EMPTY' });
});
