import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { writeChunk } from '../src/data/chunk.js';
import { type FileSink, type IncomingTransfer, memorySink, type Transfer } from '../src/index.js';
import { type Lab, type Person, pair } from './lab.js';

const MIB = 1_048_576;
const idOf = (person: Person): string => person.room.self!.id;

function fileOf(size: number, name = 'photo.jpg'): File {
  const bytes = new Uint8Array(size);
  for (let ix = 0; ix < size; ix += 1) bytes[ix] = (ix * 31 + (ix >> 9)) & 0xff;
  return new File([bytes], name, { type: 'image/jpeg' });
}

async function sha256(blob: Blob): Promise<string> {
  return createHash('sha256')
    .update(Buffer.from(await blob.arrayBuffer()))
    .digest('hex');
}

/** The offers that a person gets. */
function offers(person: Person): IncomingTransfer[] {
  const got: IncomingTransfer[] = [];
  person.room.on('fileOffered', (transfer) => got.push(transfer));
  return got;
}

/** A sink in memory that says what became of it, slow or failing on demand. */
class WatchedSink implements FileSink {
  readonly parts: Uint8Array<ArrayBuffer>[] = [];
  end: 'open' | 'closed' | 'aborted' = 'open';
  writes = 0;
  beforeWrite: () => Promise<void> | void = () => {};

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.writes += 1;
    await this.beforeWrite();
    this.parts.push(bytes);
  }
  async close(): Promise<Blob> {
    this.end = 'closed';
    return new Blob(this.parts);
  }
  async abort(): Promise<void> {
    this.end = 'aborted';
  }
}

/** Blobs are read by real promises: time passes in virtual milliseconds, and a real moment now and then. */
async function over(lab: Lab, transfer: Transfer, mostMs = 200_000): Promise<string> {
  for (let passed = 0; !transfer.isOver && passed < mostMs; passed += 10) {
    await lab.pass(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return transfer.state;
}

async function passReally(lab: Lab, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5) {
    await lab.pass(5);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a file', () => {
  it('arrives whole, once it is accepted, and both sides see how far it is', async () => {
    const { lab, ann, bob } = await pair();
    const [got, file] = [offers(bob), fileOf(5 * MIB + 7)];
    const states: string[] = [];
    const outgoing = ann.room.sendFile(file, { to: idOf(bob) });
    outgoing.on('changed', () => states.at(-1) !== outgoing.state && states.push(outgoing.state));
    await passReally(lab, 50);
    const incoming = got[0]!;
    expect(incoming).toMatchObject({ name: 'photo.jpg', size: file.size, mimeType: 'image/jpeg', state: 'offered' });
    expect([outgoing.state, outgoing.bytes]).toEqual(['offered', 0]);
    incoming.accept(memorySink(file.size, 'image/jpeg', 64 * MIB));
    expect(await over(lab, outgoing)).toBe('done');
    expect(incoming.state).toBe('done');
    expect(await sha256(incoming.file!)).toBe(await sha256(file));
    expect([outgoing.bytes, incoming.bytes]).toEqual([file.size, file.size]);
    expect(states).toEqual(['accepted', 'running', 'checking', 'done']);
    expect(await outgoing.over).toBe('done');
  });

  it('may be empty', async () => {
    const { lab, ann, bob } = await pair();
    const got = offers(bob);
    const outgoing = ann.room.sendFile(new Blob([]), { to: idOf(bob), name: 'nothing.txt' });
    await passReally(lab, 50);
    got[0]!.accept(memorySink(0, '', MIB));
    expect(await over(lab, outgoing)).toBe('done');
    expect(got[0]!.file?.size).toBe(0);
  });

  it('sends nothing before it is accepted, and nothing at all if it is declined', async () => {
    const { lab, ann, bob } = await pair();
    const got = offers(bob);
    const outgoing = ann.room.sendFile(fileOf(2 * MIB), { to: idOf(bob) });
    await passReally(lab, 500);
    expect(got[0]!.bytes).toBe(0);
    got[0]!.decline();
    await passReally(lab, 50);
    expect([outgoing.state, got[0]!.state]).toEqual(['declined', 'declined']);
  });

  it('is called off by either side, and the sink is told to throw away what it has', async () => {
    for (const side of ['sender', 'receiver'] as const) {
      const { lab, ann, bob } = await pair();
      lab.network.dataBytesPerMs = 5_000;
      const got = offers(bob);
      const outgoing = ann.room.sendFile(fileOf(8 * MIB), { to: idOf(bob) });
      await passReally(lab, 50);
      const sink = new WatchedSink();
      got[0]!.accept(sink);
      await passReally(lab, 500);
      expect(outgoing.state).toBe('running');
      (side === 'sender' ? outgoing : got[0]!).cancel();
      await passReally(lab, 100);
      expect([outgoing.state, got[0]!.state, sink.end]).toEqual(['cancelled', 'cancelled', 'aborted']);
    }
  });

  it('goes on where it was after the connection had to be made anew', async () => {
    const { lab, ann, bob } = await pair();
    lab.network.dataBytesPerMs = 2_000;
    const [got, file] = [offers(bob), fileOf(6 * MIB)];
    const outgoing = ann.room.sendFile(file, { to: idOf(bob) });
    await passReally(lab, 50);
    const sink = new WatchedSink();
    got[0]!.accept(sink);
    await passReally(lab, 1_500);
    lab.network.cut('bob');
    await lab.pass(60_000);
    expect([outgoing.state, got[0]!.state]).toEqual(['paused', 'paused']);
    const before = got[0]!.bytes;
    expect(before).toBeGreaterThan(MIB);
    lab.network.mend('bob');
    expect(await over(lab, outgoing)).toBe('done');
    expect(ann.connections.length).toBeGreaterThan(1);
    expect(await sha256(got[0]!.file!)).toBe(await sha256(file));
    // Nothing was written twice.
    expect(sink.parts.reduce((sum, { length }) => sum + length, 0)).toBe(file.size);
  });

  it('goes on under new ids after the server had forgotten everybody', async () => {
    const { lab, ann, bob } = await pair();
    lab.network.dataBytesPerMs = 500;
    const [got, file] = [offers(bob), fileOf(6 * MIB)];
    const outgoing = ann.room.sendFile(file, { to: idOf(bob) });
    await passReally(lab, 50);
    got[0]!.accept(memorySink(file.size, '', 64 * MIB));
    await passReally(lab, 1_000);
    const before = idOf(bob);
    lab.server.stop();
    await lab.pass(2_000);
    lab.server.start();
    lab.network.dataBytesPerMs = 5_000;
    expect(await over(lab, outgoing)).toBe('done');
    expect(outgoing.memberId).not.toBe(before);
    expect(outgoing.memberId).toBe(idOf(bob));
    expect(got).toHaveLength(1);
    expect(await sha256(got[0]!.file!)).toBe(await sha256(file));
  });

  it('fails where the member leaves, and where a lost one does not come back', async () => {
    const { lab, ann, bob } = await pair();
    const got = offers(bob);
    const first = ann.room.sendFile(fileOf(10), { to: idOf(bob) });
    await passReally(lab, 50);
    await lab.until(bob.room.leave());
    await lab.pass(50);
    expect([first.state, first.failure]).toEqual(['failed', 'member_left']);
    expect([got[0]!.state, got[0]!.failure]).toEqual(['failed', 'ended']);
    const cem = lab.person('cem');
    await lab.join(cem);
    await lab.pass(100);
    const second = ann.room.sendFile(fileOf(10), { to: idOf(cem) });
    await lab.pass(50);
    cem.sockets.at(-1)!.drop();
    lab.network.cut('cem');
    lab.server.refuse = () => ({ code: 'internal', message: '' });
    await lab.pass(200_000);
    expect([second.state, second.failure]).toEqual(['failed', 'member_left']);
  });

  it('fails clearly when it changes on the disk meanwhile', async () => {
    const { lab, ann, bob } = await pair();
    const got = offers(bob);
    const file = fileOf(8 * MIB);
    const slice = file.slice.bind(file);
    Object.defineProperty(file, 'slice', {
      value: (from: number, to: number) => {
        if (from < 3 * MIB) return slice(from, to);
        return { arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) };
      },
    });
    const outgoing = ann.room.sendFile(file, { to: idOf(bob) });
    await passReally(lab, 50);
    const sink = new WatchedSink();
    got[0]!.accept(sink);
    expect(await over(lab, outgoing)).toBe('failed');
    await passReally(lab, 50);
    expect([outgoing.failure, got[0]!.failure, sink.end]).toEqual(['file_changed', 'file_changed', 'aborted']);
    expect(got[0]!.file).toBeUndefined();
  });

  it('fails where it can not be written, and says whether the disk is full', async () => {
    const { lab, ann, bob } = await pair();
    const got = offers(bob);
    const outgoing = ann.room.sendFile(fileOf(3 * MIB), { to: idOf(bob) });
    await passReally(lab, 50);
    const sink = new WatchedSink();
    sink.beforeWrite = () => {
      if (sink.writes === 2) throw new DOMException('full', 'QuotaExceededError');
    };
    got[0]!.accept(sink);
    expect(await over(lab, outgoing)).toBe('failed');
    expect([outgoing.failure, got[0]!.failure, sink.end]).toEqual(['out_of_space', 'out_of_space', 'aborted']);
  });

  it('waits for a slow disk, so that the receiver never holds more than the window', async () => {
    const { lab, ann, bob } = await pair();
    const [got, file] = [offers(bob), fileOf(24 * MIB)];
    const outgoing = ann.room.sendFile(file, { to: idOf(bob) });
    await passReally(lab, 50);
    const sink = new WatchedSink();
    let release = (): void => {};
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    sink.beforeWrite = () => (sink.writes === 3 ? stuck : undefined);
    got[0]!.accept(sink);
    await passReally(lab, 4_000);
    expect(sink.writes).toBe(3);
    expect(got[0]!.heldBytes).toBeLessThanOrEqual(16 * MIB);
    expect(got[0]!.heldBytes).toBeGreaterThan(14 * MIB);
    release();
    expect(await over(lab, outgoing)).toBe('done');
    expect(await sha256(got[0]!.file!)).toBe(await sha256(file));
  });

  it('is refused when too many are under way already', async () => {
    const { lab, ann, bob } = await pair();
    offers(bob);
    for (let count = 0; count < 8; count += 1) ann.room.sendFile(fileOf(10), { to: idOf(bob) });
    expect(() => ann.room.sendFile(fileOf(10), { to: idOf(bob) })).toThrow(
      expect.objectContaining({ code: 'too_many_transfers' }),
    );
    ann.room.transfers[0]!.cancel();
    await lab.pass(20);
    ann.room.sendFile(fileOf(10), { to: idOf(bob) });
  });

  it('does not hold up messages, nor another file', async () => {
    const { lab, ann, bob } = await pair();
    lab.network.dataBytesPerMs = 2_000;
    const got = offers(bob);
    const long = ann.room.sendFile(fileOf(30 * MIB), { to: idOf(bob) });
    const short = ann.room.sendFile(fileOf(MIB, 'short.jpg'), { to: idOf(bob) });
    await passReally(lab, 50);
    for (const transfer of got) transfer.accept(memorySink(transfer.size, '', 64 * MIB));
    await passReally(lab, 200);
    const before = lab.time.nowMs();
    await lab.until(ann.room.send('quick'));
    expect(lab.time.nowMs() - before).toBeLessThan(200);
    expect(await over(lab, short)).toBe('done');
    expect(long.state).toBe('running');
  });

  it('is closed to a sender that does not wait for consent, leaves gaps, or sends more than it said', async () => {
    const id = '0123456789abcdef0123456789abcdef';
    const offer = { type: 'offer', id, stream: 1, name: '../x', size: 3_000, mime: 'text/html;x' };
    const attacks: readonly (readonly [boolean, number, number, string])[] = [
      [false, 0, 2_000, 'a file that was not accepted'],
      [true, 5, 2_000, 'a gap in a file'],
      [true, 0, 3_001, 'more of a file than announced'],
      [true, 0, 1_000, 'a tiny chunk'],
    ];
    for (const [accepts, offset, size, reason] of attacks) {
      const { lab, ann, bob } = await pair();
      const got = offers(ann);
      await lab.until(bob.room.send('x'));
      const [control, bulk] = bob.connections[0]!.sctpEnd.channels;
      control!.send(JSON.stringify({ ...offer, stream: 9 }));
      await lab.pass(20);
      expect(got[0]).toMatchObject({ name: 'x', mimeType: '' });
      const sink = new WatchedSink();
      if (accepts) got[0]!.accept(sink);
      bulk!.send(writeChunk({ stream: 9, offset, bytes: new Uint8Array(size) }));
      await lab.pass(20);
      expect([got[0]!.state, got[0]!.failure]).toEqual(['failed', 'no_data_channel']);
      await expect(ann.room.send('y')).rejects.toMatchObject({ code: 'no_data_channel', detail: reason });
      expect(sink.writes).toBe(0);
      expect(sink.end).toBe(accepts ? 'aborted' : 'open');
    }
  });

  it('with another fingerprint than its own is thrown away', async () => {
    const { lab, ann, bob } = await pair();
    const got = offers(ann);
    const [control, bulk] = bob.connections[0]!.sctpEnd.channels;
    const id = 'f'.repeat(32);
    await lab.until(bob.room.send('x'));
    control!.send(JSON.stringify({ type: 'offer', id, stream: 9, name: 'x', size: 2_000, mime: '' }));
    // An offer that is made twice is one offer.
    control!.send(JSON.stringify({ type: 'offer', id, stream: 9, name: 'x', size: 2_000, mime: '' }));
    await lab.pass(20);
    expect(got).toHaveLength(1);
    const sink = new WatchedSink();
    got[0]!.accept(sink);
    bulk!.send(writeChunk({ stream: 9, offset: 0, bytes: new Uint8Array(2_000) }));
    bulk!.send(JSON.stringify({ type: 'end', id, sha256: '0'.repeat(64) }));
    await lab.pass(50);
    expect([got[0]!.state, got[0]!.failure, sink.end]).toEqual(['failed', 'hash_mismatch', 'aborted']);
    expect(got[0]!.file).toBeUndefined();
  });

  it('is offered by a member at most eight times at once; more is declined by itself', async () => {
    const { lab, ann, bob } = await pair();
    const got = offers(ann);
    await lab.until(bob.room.send('x'));
    const [control] = bob.connections[0]!.sctpEnd.channels;
    for (let ix = 0; ix < 40; ix += 1) {
      const id = ix.toString(16).padStart(32, '0');
      control!.send(JSON.stringify({ type: 'offer', id, stream: 9 + ix, name: 'x', size: 1, mime: '' }));
    }
    await lab.pass(50);
    expect(got).toHaveLength(8);
  });
});
