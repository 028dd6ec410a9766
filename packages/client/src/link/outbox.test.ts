import { VirtualTime } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox.js';

const OK = { ok: true };
const tooFast = (retryAfterMs?: number): object => ({
  ok: false,
  error: { code: 'rate_limited', message: '', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
});

/** An outbox, the wire it sends on, and what became of each request. */
class Desk {
  readonly time = new VirtualTime();
  readonly wire: { readonly n: number; readonly answer: (reply: unknown) => void }[] = [];
  readonly outcomes: string[] = [];
  readonly outbox = new Outbox(
    {
      now: () => this.time.nowMs(),
      setTimeout: (run, delayMs) => this.time.after(delayMs, run),
      clearTimeout: (timer) => (timer as () => void)(),
    },
    (_name, payload, answer) => this.wire.push({ n: (payload as { n: number }).n, answer }),
  );

  ask(...texts: string[]): void {
    for (const text of texts) {
      this.outbox.add({
        name: 'chat',
        payload: { text },
        settle: (reply) => this.outcomes.push(`${text} ${(reply as { ok: boolean }).ok ? 'done' : 'refused'}`),
        fail: ({ message }) => this.outcomes.push(`${text} failed: ${message}`),
      });
    }
  }

  /** Answers everything that is on the wire, and tells what it was. */
  answerAll(reply: object): number[] {
    const sent = this.wire.splice(0);
    for (const { answer } of sent) answer(reply);
    return sent.map(({ n }) => n);
  }
}

describe('the outbox', () => {
  it('numbers requests upwards and sends them when it is open', () => {
    const desk = new Desk();
    desk.ask('a', 'b');
    expect(desk.wire).toEqual([]);
    desk.outbox.open();
    desk.ask('c');
    expect(desk.answerAll(OK)).toEqual([1, 2, 3]);
    expect(desk.outcomes).toEqual(['a done', 'b done', 'c done']);
  });

  it('sends what was not answered again on the next socket, in order and before what is new', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask('a', 'b', 'c');
    desk.wire.splice(1, 1)[0]?.answer(OK);
    desk.outbox.halt();
    desk.wire.length = 0;
    desk.ask('d');
    expect(desk.wire).toEqual([]);
    desk.outbox.open();
    expect(desk.answerAll(OK)).toEqual([1, 3, 4]);
  });

  it('hears no answer of a socket that is gone', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask('a');
    desk.outbox.halt();
    desk.answerAll(OK);
    expect(desk.outcomes).toEqual([]);
  });

  it('fails a request that was answered on none of three sockets', () => {
    const desk = new Desk();
    desk.ask('a');
    for (let socket = 0; socket < 4; socket += 1) desk.outbox.open();
    expect(desk.wire).toHaveLength(3);
    expect(desk.outcomes).toEqual(['a failed: The server did not answer in time.']);
  });

  it('fails what waited for a membership that is over, and counts anew', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask('a');
    desk.outbox.restart(new Error('gone'));
    expect(desk.outcomes).toEqual(['a failed: gone']);
    desk.wire.length = 0;
    desk.ask('b');
    desk.outbox.open();
    expect(desk.wire.map(({ n }) => n)).toEqual([1]);
  });

  it('has no more unanswered than the server can tell apart', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask(...Array.from({ length: 70 }, (_, ix) => `m${ix}`));
    expect(desk.wire).toHaveLength(64);
    expect(desk.answerAll(OK)).toHaveLength(64);
    expect(desk.answerAll(OK)).toEqual([65, 66, 67, 68, 69, 70]);
  });
});

describe('an outbox that is too fast for the server', () => {
  it('sends again after the pause that the server asked for, one at a time and in order', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask('a', 'b', 'c');
    expect(desk.answerAll(tooFast(40))).toEqual([1, 2, 3]);
    desk.ask('d');
    desk.time.advance(39);
    expect(desk.wire).toEqual([]);
    desk.time.advance(1);
    expect([1, 2, 3, 4].map(() => desk.answerAll(OK))).toEqual([[1], [2], [3], [4]]);
    expect(desk.outcomes).toEqual(['a done', 'b done', 'c done', 'd done']);
  });

  it('is back to full speed when all is answered', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask('a');
    desk.answerAll(tooFast(40));
    desk.time.advance(40);
    desk.answerAll(OK);
    desk.ask('b', 'c');
    expect(desk.answerAll(OK)).toEqual([2, 3]);
  });

  it('pauses for a second where the server does not say, and for no longer than five', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask('a');
    desk.answerAll(tooFast());
    desk.time.advance(1_000);
    expect(desk.answerAll(tooFast(3_600_000))).toEqual([1]);
    desk.time.advance(5_000);
    expect(desk.answerAll(OK)).toEqual([1]);
  });

  it('takes it for the answer in the end, and goes on with the next', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask('a', 'b');
    let sendings = 0;
    while (desk.outcomes.length === 0 && sendings < 100) {
      for (const { n, answer } of desk.wire.splice(0)) {
        sendings += n === 1 ? 1 : 0;
        answer(tooFast(10));
      }
      desk.time.advance(10);
    }
    expect([desk.outcomes, sendings]).toEqual([['a refused'], 9]);
    desk.answerAll(OK);
    expect(desk.outcomes).toEqual(['a refused', 'b done']);
    expect(desk.time.pending).toBe(0);
  });

  it('forgets the pause with the socket', () => {
    const desk = new Desk();
    desk.outbox.open();
    desk.ask('a');
    desk.answerAll(tooFast(40));
    desk.outbox.halt();
    expect(desk.time.pending).toBe(0);
    desk.outbox.open();
    expect(desk.answerAll(OK)).toEqual([1]);
  });
});
