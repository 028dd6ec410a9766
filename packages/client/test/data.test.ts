import { describe, expect, it } from 'vitest';
import { writeChunk } from '../src/data/chunk.js';
import type { Received } from '../src/index.js';
import { Lab, type Person, pair, seen } from './lab.js';

interface Heard {
  readonly from: string | undefined;
  readonly topic: string | undefined;
  readonly data: Received;
}

function listen(person: Person): Heard[] {
  const heard: Heard[] = [];
  person.room.on('data', ({ from, topic, data }) => heard.push({ from: from?.name, topic, data }));
  return heard;
}

function bytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  for (let ix = 0; ix < size; ix += 1) all[ix] = (ix * seed + (ix >> 8)) & 0xff;
  return all;
}

const idOf = (person: Person): string => person.room.self!.id;

describe('send', () => {
  it('brings text, JSON, bytes and blobs as they were, with topic and sender', async () => {
    const { lab, ann, bob } = await pair();
    const heard = listen(bob);
    await lab.until(ann.room.send('안녕, \u{1f44b}', { topic: 'greeting' }));
    await lab.until(ann.room.send({ a: [1, null, 'x'] }, { to: idOf(bob) }));
    await lab.until(ann.room.send(bytes(10).subarray(2, 5)));
    await lab.until(ann.room.send(''));
    await lab.until(ann.room.send(new Blob(['<p>'], { type: 'text/html' })));
    expect(heard.slice(0, 2)).toEqual([
      { from: 'ann', topic: 'greeting', data: '안녕, \u{1f44b}' },
      { from: 'ann', topic: undefined, data: { a: [1, null, 'x'] } },
    ]);
    expect(new Uint8Array(heard[2]!.data as ArrayBuffer)).toEqual(bytes(10).slice(2, 5));
    expect(heard[3]!.data).toBe('');
    const blob = heard[4]!.data as Blob;
    expect([blob.type, await blob.text()]).toEqual(['text/html', '<p>']);
  });

  it('needs no negotiation beyond the first offer and answer', async () => {
    const { lab, ann, bob } = await pair();
    await lab.until(ann.room.send('x'));
    await lab.until(bob.room.send('y'));
    const descriptions = lab.server.requests.filter(({ payload }) => JSON.stringify(payload).includes('"description"'));
    expect(descriptions).toHaveLength(2);
  });

  it('cuts what is long, tells of the progress, and copies bytes that change afterwards', async () => {
    const { lab, ann, bob } = await pair();
    const heard = listen(bob);
    const data = bytes(3_000_001, 7);
    const wanted = data.slice();
    const progress: number[] = [];
    const sent = ann.room.send(data, { onProgress: ({ sent: so, size }) => progress.push(so / size) });
    data.fill(0);
    await lab.until(sent);
    expect(Buffer.compare(Buffer.from(heard[0]!.data as ArrayBuffer), Buffer.from(wanted))).toBe(0);
    expect(progress.length).toBeGreaterThan(40);
    expect(progress.at(-1)).toBe(1);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
  });

  it('holds to the message size that the other side takes', async () => {
    const lab = new Lab();
    lab.network.maxMessageSize = 20_000;
    const ann = lab.person('ann');
    const bob = lab.person('bob');
    await lab.join(ann);
    await lab.join(bob);
    await lab.pass(100);
    const heard = listen(bob);
    await lab.until(ann.room.send(bytes(100_000)));
    expect((heard[0]!.data as ArrayBuffer).byteLength).toBe(100_000);
  });

  it('lets a short message overtake a long one', async () => {
    const { lab, ann, bob } = await pair();
    lab.network.dataBytesPerMs = 1_000;
    const heard = listen(bob);
    const long = ann.room.send(bytes(20_000_000));
    const short = ann.room.send('quick');
    await lab.until(short);
    expect(heard.map(({ data }) => data)).toEqual(['quick']);
    expect(lab.time.nowMs()).toBeLessThan(1_000);
    await lab.until(long);
    expect(heard).toHaveLength(2);
  });

  it('reaches everyone, and only those it is meant for', async () => {
    const { lab, ann, bob } = await pair();
    const cem = lab.person('cem');
    await lab.join(cem);
    await lab.pass(100);
    const [byBob, byCem] = [listen(bob), listen(cem)];
    await lab.until(ann.room.send('all'));
    await lab.until(cem.room.send('bob', { to: idOf(bob) }));
    expect(byBob.map(({ data, from }) => `${from}: ${String(data)}`)).toEqual(['ann: all', 'cem: bob']);
    expect(byCem.map(({ data }) => data)).toEqual(['all']);
  });

  it('waits for the channels of a call that is just being made', async () => {
    const lab = new Lab();
    const ann = lab.person('ann');
    const bob = lab.person('bob');
    await lab.join(ann);
    await lab.join(bob);
    const heard = listen(ann);
    await lab.until(bob.room.send('early'));
    expect(heard.map(({ data }) => data)).toEqual(['early']);
  });

  it('arrives once, though the connection is made anew in the middle of it', async () => {
    const { lab, ann, bob } = await pair();
    lab.network.dataBytesPerMs = 500;
    const heard = listen(bob);
    const sending = ann.room.send(bytes(5_000_000));
    const small = ann.room.send('small');
    await lab.pass(300);
    lab.network.cut('bob');
    await lab.pass(60_000);
    lab.network.mend('bob');
    await lab.until(sending, 120_000);
    await small;
    expect(
      heard.map(({ data }) => (typeof data === 'string' ? data : (data as ArrayBuffer).byteLength)).sort(),
    ).toEqual([5_000_000, 'small'].sort());
    expect(ann.connections.length).toBeGreaterThan(1);
  });

  it('can be called off, and leaves nothing at the other side', async () => {
    const { lab, ann, bob } = await pair();
    lab.network.dataBytesPerMs = 1_000;
    const heard = listen(bob);
    const controller = new AbortController();
    const sending = ann.room.send(bytes(10_000_000), { signal: controller.signal });
    await lab.pass(50);
    controller.abort();
    await expect(sending).rejects.toMatchObject({ code: 'aborted' });
    await lab.until(ann.room.send('after'));
    await lab.pass(10_000);
    expect(heard.map(({ data }) => data)).toEqual(['after']);
  });

  it('refuses what is more than the other side takes, without sending it', async () => {
    const lab = new Lab();
    const ann = lab.person('ann');
    const bob = lab.person('bob', undefined, { maxMessageBytes: 1_000 });
    await lab.join(ann);
    await lab.join(bob);
    await lab.pass(100);
    await expect(lab.until(ann.room.send(bytes(1_001)))).rejects.toMatchObject({ code: 'data_too_large' });
    await lab.until(ann.room.send(bytes(1_000)));
    await lab.until(bob.room.send(bytes(1_001)));
  });

  it('refuses what no JSON is, who is not there, and who has left', async () => {
    const { lab, ann, bob } = await pair();
    await expect(ann.room.send(undefined as never)).rejects.toMatchObject({ code: 'data_not_sendable' });
    await expect(ann.room.send(1n as never)).rejects.toMatchObject({ code: 'data_not_sendable' });
    await expect(ann.room.send('x', { to: 'nobody' })).rejects.toMatchObject({ code: 'no_data_channel' });
    lab.network.dataBytesPerMs = 10;
    const sending = ann.room.send(bytes(1_000_000), { to: idOf(bob) });
    const toAll = ann.room.send(bytes(1_000_000));
    const refused = expect(sending).rejects.toMatchObject({ code: 'member_left' });
    await lab.pass(20);
    await lab.until(bob.room.leave());
    await lab.pass(50);
    await refused;
    await lab.until(toAll);
  });

  it('says that there is no channel where the other program has none', async () => {
    const { lab, ann, bob } = await pair();
    const cem = lab.person('cem', undefined, { withoutData: true });
    await lab.join(cem);
    await lab.pass(100);
    await expect(lab.until(ann.room.send('x', { to: idOf(cem) }))).rejects.toMatchObject({ code: 'no_data_channel' });
    await lab.until(ann.room.send('x', { to: idOf(bob) }));
    expect(seen(ann, cem)?.peer?.state).toBe('connected');
  });

  it('never falls silent when a channel is closed under it', async () => {
    const { lab, ann, bob } = await pair();
    await lab.until(ann.room.send('x'));
    lab.network.dataBytesPerMs = 10;
    const sending = ann.room.send(bytes(1_000_000));
    const refused = expect(sending).rejects.toMatchObject({ code: 'no_data_channel' });
    await lab.pass(20);
    bob.connections[0]!.sctpEnd.channels.find(({ label }) => label === 'bulk')!.close();
    await lab.pass(16_000);
    await refused;
    await expect(ann.room.send('y')).rejects.toMatchObject({ code: 'no_data_channel' });
  });

  it('closes the channels to who sends what no honest sender sends, with the reason, and the call goes on', async () => {
    const attacks: readonly (readonly ['control' | 'bulk', string | Uint8Array<ArrayBuffer>, RegExp])[] = [
      ['control', 'nonsense', /no frame/],
      ['control', '{"type":"message","stream":1,"kind":"text"}', /no frame/],
      ['bulk', new Uint8Array(5), /no chunk/],
      ['bulk', writeChunk({ stream: 200, offset: 0, bytes: new Uint8Array(5_000) }), /chunk of nothing/],
    ];
    for (const [label, attack, reason] of attacks) {
      const { lab, ann, bob } = await pair();
      await lab.until(ann.room.send('x'));
      bob.connections[0]!.sctpEnd.channels.find((channel) => channel.label === label)!.send(attack);
      await lab.pass(50);
      await expect(ann.room.send('y')).rejects.toMatchObject({
        code: 'no_data_channel',
        detail: expect.stringMatching(reason),
      });
      await expect(bob.room.send('y')).rejects.toMatchObject({
        code: 'no_data_channel',
        detail: expect.stringMatching(reason),
      });
      expect(seen(ann, bob)?.peer?.state).toBe('connected');
    }
  });

  it('passes over frames of a later version, and closes channels that are none of these two', async () => {
    const { lab, ann, bob } = await pair();
    const heard = listen(ann);
    const [control] = bob.connections[0]!.sctpEnd.channels;
    control!.send('{"type":"hologram","x":1}');
    const stranger = bob.connections[0]!.createDataChannel('other');
    await lab.until(bob.room.send('still here'));
    await lab.pass(50);
    expect(heard.map(({ data }) => data)).toEqual(['still here']);
    expect(stranger.readyState).toBe('closed');
  });
});
