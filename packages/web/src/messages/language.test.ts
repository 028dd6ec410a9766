import type { Finding } from '@madang/client';
import { ERROR_CODES } from '@madang/protocol';
import { describe, expect, test } from 'vitest';
import { LANGUAGE_CODES, LANGUAGES, pickLanguage } from './language.js';

const FINDING: Finding = { cause: 'offline', step: 'media', severity: 'blocks', sinceMs: 0, evidence: {} };

/** Every leaf of a messages object as path → text; a function is called with arguments that show up in its text. */
function leaves(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  if (typeof value === 'function') {
    const first = path.startsWith('diagnosis.') ? FINDING : '7';
    return new Map([[path, String(value(first, '8'))]]);
  }
  const found = new Map<string, string>();
  for (const [key, inner] of Object.entries(value as object)) {
    for (const [at, text] of leaves(inner, path === '' ? key : `${path}.${key}`)) found.set(at, text);
  }
  return found;
}

describe.each(LANGUAGE_CODES)('messages in %s', (language) => {
  const texts = leaves(LANGUAGES[language].messages);

  test('have the keys of English and no other', () => {
    expect([...texts.keys()].sort()).toEqual([...leaves(LANGUAGES.en.messages).keys()].sort());
  });

  test('are never empty, and have no blanks around them', () => {
    for (const [at, text] of texts) expect(text, at).toMatch(/^\S(.*\S)?$/s);
  });

  test('explain every error that the server can answer with', () => {
    for (const code of ERROR_CODES) expect(LANGUAGES[language].messages.errors).toHaveProperty(code);
  });
});

test('Korean texts are Korean, but for those that are names everywhere', () => {
  const names =
    /^(app\.unreadTitle|chat\.from|announce\.reaction|outside\.note|inspector\.(media\.failed|servers\.(count|error)|signaling\.transport\.websocket|sdp\.item|hearing\.(cell|chainOf)))$/;
  for (const [at, text] of leaves(LANGUAGES.ko.messages)) {
    if (!names.test(at)) expect(text, at).toMatch(/\p{Script=Hangul}/u);
  }
});

test('English keeps the accessible names that product and tests rely on', () => {
  const { door, devices, room, chat } = LANGUAGES.en.messages;
  expect([door.yourName, door.join, devices.mute, devices.unmute, devices.turnOff, devices.turnOn]).toEqual([
    'Your name',
    'Join',
    'Mute microphone',
    'Unmute microphone',
    'Turn off camera',
    'Turn on camera',
  ]);
  expect([room.leave, room.shareScreen, room.stopSharing, room.chat, room.inspector, chat.message]).toEqual([
    'Leave',
    'Share screen',
    'Stop sharing',
    'Chat',
    'Inspector',
    'Message',
  ]);
});

test.each([
  [['ko-KR', 'en'], 'ko'],
  [['fr', 'en-GB'], 'en'],
  [[null, 'KO'], 'ko'],
  [['fr'], 'en'],
  [[], 'en'],
] as const)('of %j, %s is picked', (wanted, expected) => {
  expect(pickLanguage(wanted)).toBe(expected);
});
