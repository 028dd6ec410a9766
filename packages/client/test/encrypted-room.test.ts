import { afterEach, expect, test, vi } from 'vitest';
import { Lab, type Person } from './lab.js';

const encryption = { key: new Uint8Array(32) };

afterEach(() => vi.unstubAllGlobals());

/** A page whose browser can encrypt, as far as it says. */
function pretendBrowser(): void {
  vi.stubGlobal(
    'RTCRtpSender',
    class {
      createEncodedStreams(): void {}
    },
  );
  vi.stubGlobal(
    'Worker',
    class {
      onmessage = null;
      postMessage(): void {}
      terminate(): void {}
    },
  );
}

/** From now on the server says of every room that it is, or is not, encrypted. */
function lie(lab: Lab, encrypted: boolean | undefined): void {
  const { server } = lab;
  const handle = server.handle.bind(server);
  server.handle = (socket, name, payload) => {
    const { encrypted: _, ...rest } = payload as { encrypted?: boolean };
    const reply = handle(socket, name, rest) as { room?: object };
    return reply.room === undefined ? reply : { ...reply, room: { ...reply.room, encrypted } };
  };
}

const codeOf = (lab: Lab, person: Person, join = {}): Promise<unknown> =>
  lab.join(person, join).then(
    () => 'joined',
    (error: { code?: string }) => error.code,
  );

test('a browser that cannot encrypt stays outside, and nobody hears of it', async () => {
  const lab = new Lab();
  const ann = lab.person('ann');
  expect(await codeOf(lab, ann, { encryption })).toBe('encryption_unsupported');
  expect(ann.room.state).toBe('idle');
  expect(ann.connections).toEqual([]);
  expect(lab.server.requests).toEqual([]);
});

test('what is no key is refused before anything is sent', async () => {
  pretendBrowser();
  const lab = new Lab();
  expect(await codeOf(lab, lab.person('ann'), { encryption: { key: new Uint8Array(16) } })).toBe('bad_request');
  expect(await codeOf(lab, lab.person('bob'), { encryption: { ...encryption, generation: 256 } })).toBe('bad_request');
  expect(lab.server.requests).toEqual([]);
});

test('who encrypts leaves at once where the server says that the others do not, and makes no connection', async () => {
  pretendBrowser();
  const lab = new Lab();
  const ann = lab.person('ann');
  const bob = lab.person('bob');
  await lab.join(bob);
  lie(lab, undefined);
  expect(await codeOf(lab, ann, { encryption })).toBe('room_not_encrypted');
  await lab.pass(100);
  expect(ann.room.state).toBe('idle');
  expect(ann.connections).toEqual([]);
  expect(bob.room.members).toHaveLength(1);
});

test('who does not encrypt leaves an encrypted room at once, whoever let him in', async () => {
  const lab = new Lab();
  const ann = lab.person('ann');
  lie(lab, true);
  expect(await codeOf(lab, ann)).toBe('room_encrypted');
  expect(ann.connections).toEqual([]);
});

test('the rooms refuse who does not fit, and tell the one who does so', async () => {
  pretendBrowser();
  const lab = new Lab();
  const ann = lab.person('ann');
  await lab.join(ann, { role: 'viewer', encryption });
  expect(ann.room.info?.encrypted).toBe(true);
  expect(ann.room.encryptionCode).toMatch(/^\d{4} \d{4}$/);
  expect(await codeOf(lab, lab.person('bob'))).toBe('room_encrypted');
  const before = ann.room.encryptionCode;
  ann.room.setEncryptionKey(new Uint8Array(32).fill(9), 1);
  expect(ann.room.encryptionCode).not.toBe(before);
});
