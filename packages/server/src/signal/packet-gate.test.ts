import { LIMITS } from '@madang/protocol';
import fc from 'fast-check';
import type { Packet } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import { packetGate, REFUSED } from './packet-gate.js';

function gate(messageRate = 0, nowMs = () => 0): { add: (chunk: unknown) => void; passed: Packet[] } {
  const decoder = new (packetGate({ messageRate, nowMs }))();
  const passed: Packet[] = [];
  decoder.on('decoded', (packet) => void passed.push(packet));
  return { add: (chunk) => decoder.add(chunk), passed };
}

function refusedWith(code: string, id?: number): object {
  const number = id === undefined ? {} : { id };
  return {
    type: 2,
    nsp: '/',
    data: [REFUSED, expect.objectContaining({ error: expect.objectContaining({ code }) })],
    ...number,
  };
}

/** A packet of exactly `bytes` bytes. */
function packetOf(bytes: number, fill = 'x'): string {
  const frame = '21["chat",""]';
  return frame.replace('""', `"${fill.repeat((bytes - frame.length) / Buffer.byteLength(fill))}"`);
}

function answerOf(bytes: number): string {
  return packetOf(bytes - '"answer"'.length + '"chat"'.length).replace('"chat"', '"answer"');
}

describe('the size of a packet', () => {
  it.each([
    ['64 KiB passes', packetOf(LIMITS.messageBytes), undefined],
    ['64 KiB and a byte does not', packetOf(LIMITS.messageBytes + 1), 'message_too_large'],
    ['64 KiB of three-byte letters passes', packetOf(LIMITS.messageBytes, 'ㅁ'), undefined],
    ['256 KiB of an answer pass', answerOf(LIMITS.answerBytes), undefined],
    ['256 KiB and a byte do not', answerOf(LIMITS.answerBytes + 1), 'message_too_large'],
    [
      'of something that only holds the word is that of all',
      packetOf(LIMITS.messageBytes + 9).replace('xxxxxxxxx', '["answer"'),
      'message_too_large',
    ],
    ['is counted in bytes, not in letters', `21["chat","${'ㅁ'.repeat(30_000)}"]`, 'message_too_large'],
  ])('%s', (_name, packet, code) => {
    const { add, passed } = gate();
    add(packet);
    if (code === undefined) expect(passed).toMatchObject([{ type: 2, id: 1 }]);
    else expect(passed).toEqual([refusedWith(code, 1)]);
  });
});

describe('the rate of packets', () => {
  it('refuses under the number of the request, and ends an abuser with a last word', () => {
    const { add, passed } = gate(1);
    for (let id = 0; id < 12; id++) add(`2${id}["chat",{}]`);
    expect(passed.slice(0, 4).map(({ data }) => data[0])).toEqual(Array(4).fill('chat'));
    expect(passed[4]).toEqual(refusedWith('rate_limited', 4));
    expect(passed[4]?.data[1].error.retryAfterMs).toBe(1_000);
    expect(passed.map(({ data }) => data[1].final ?? false)).toEqual([...Array(8).fill(false), true]);
  });

  it('counts an answer as the messages that would be as large', () => {
    const { add, passed } = gate(1);
    add(answerOf(3 * LIMITS.messageBytes));
    for (let id = 2; id < 4; id++) add(`2${id}["chat",{}]`);
    expect(passed.map(({ data }) => data[0])).toEqual(['answer', 'chat', REFUSED]);
  });

  it('does not let a flood of handshakes for other namespaces pass as requests', () => {
    const { add } = gate(1);
    for (let ix = 0; ix < 4; ix++) add(`0/other${ix},`);
    expect(() => add('0/other,')).toThrow();
  });
});

describe('binary packets', () => {
  it('are refused, and their attachments thrown away', () => {
    const { add, passed } = gate();
    add('52-3["chat",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
    add(Buffer.alloc(1_000));
    add(Buffer.alloc(1_000));
    add('24["chat",{}]');
    expect(passed).toEqual([refusedWith('bad_request', 3), expect.objectContaining({ id: 4, data: ['chat', {}] })]);
  });

  it.each([
    ['more attachments than ten', ['511-["x"]']],
    ['no attachment', ['50-["x"]']],
    ['an attachment that nothing announced', [Buffer.from('x')]],
    ['one attachment more than announced', ['51-["x"]', Buffer.from('x'), Buffer.from('x')]],
    ['text in place of an attachment', ['51-["x"]', '2["x"]']],
  ])('with %s end the connection', (_name, chunks) => {
    const { add } = gate();
    expect(() => chunks.forEach(add)).toThrow();
  });
});

it('passes or refuses or throws, whatever comes, and only with a symbol that nobody can write', () => {
  const chunk = fc.oneof(
    fc.string({ maxLength: 200, unit: 'binary' }),
    fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
    fc.stringMatching(/^[0-6]\d{0,3}-?(\/[a-z]{0,5},)?\d{0,20}[[{"]?.{0,80}$/),
    fc.json().map((text) => `2["chat",${text}]`),
  );
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 12 }), (chunks) => {
      const { add, passed } = gate(2);
      for (const item of chunks) {
        try {
          add(item);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          break;
        }
      }
      for (const { type, data } of passed) {
        if (type === 2 && data !== undefined)
          expect(data[0] === REFUSED || ['string', 'number'].includes(typeof data[0])).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
