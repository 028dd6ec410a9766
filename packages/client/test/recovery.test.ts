import { protocolError } from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { arriving, Lab, type Person, pair, seen } from './lab.js';

const BOTH = ['camera', 'microphone'];

function states(person: Person): string[] {
  const states: string[] = [];
  person.room.on('stateChanged', (state) => states.push(state));
  return states;
}

/** What was told to have recovered. */
function recoveries(person: Person): { what: string; afterMs: number }[] {
  const told: { what: string; afterMs: number }[] = [];
  person.room.on('recovered', ({ what, afterMs }) => told.push({ what, afterMs }));
  return told;
}

describe('a lost signaling connection', () => {
  it('is resumed as the same member, while the call goes on over the same connections', async () => {
    const { lab, ann, bob } = await pair();
    const id = bob.room.self!.id;
    const seenStates = states(bob);
    const left: string[] = [];
    ann.room.on('memberLeft', (member) => left.push(member.name));
    const told = recoveries(bob);
    bob.sockets.at(-1)!.drop();
    expect(bob.room.state).toBe('reconnecting');
    expect(arriving(ann, bob)).toEqual(BOTH);
    await lab.pass(300);
    expect(told).toEqual([{ what: 'signaling', afterMs: expect.any(Number) }]);
    expect(told[0]!.afterMs).toBeLessThanOrEqual(300);
    expect(seenStates).toEqual(['reconnecting', 'connected']);
    expect(bob.room.self!.id).toBe(id);
    expect(arriving(bob, ann)).toEqual(BOTH);
    expect([ann.connections.length, bob.connections.length]).toEqual([1, 1]);
    expect(left).toEqual([]);
  });

  it('brings what was missed, once, and carries out once what was asked meanwhile', async () => {
    const { lab, ann, bob } = await pair();
    lab.server.up = false;
    bob.sockets.at(-1)!.drop();
    const asked = [bob.room.sendChat('first'), bob.room.sendChat('second')];
    await lab.until(ann.room.sendChat('from ann'));
    await lab.pass(3_000);
    lab.server.up = true;
    await lab.pass(6_000);
    const ids = await Promise.all(asked);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    for (const { room } of [ann, bob]) {
      expect(room.chat.map(({ text }) => text)).toEqual(['from ann', 'first', 'second']);
    }
  });

  it('answers a request whose acknowledgement was lost, without carrying it out twice', async () => {
    const { lab, ann, bob } = await pair();
    const asked = bob.room.sendChat('once');
    // It reaches the server; the answer and the event do not come back.
    await lab.pass(3);
    bob.sockets.at(-1)!.silent = true;
    await lab.pass(10_000);
    const [message] = ann.room.chat;
    expect(ann.room.chat).toHaveLength(1);
    expect(await lab.until(asked)).toBe(message?.id);
    expect(bob.room.chat).toEqual(ann.room.chat);
    expect(bob.room.state).toBe('connected');
  });

  it('that nobody notices is found out when the network changes', async () => {
    const { lab, ann, bob } = await pair();
    bob.sockets.at(-1)!.silent = true;
    bob.changeNetwork();
    await lab.until(ann.room.sendChat('are you there?'));
    await lab.pass(4_000);
    expect(bob.room.chat.map(({ text }) => text)).toEqual(['are you there?']);
    expect(bob.room.state).toBe('connected');
  });

  it('brings a screen that was shared meanwhile to the others', async () => {
    const { lab, ann, bob } = await pair();
    bob.sockets.at(-1)!.drop();
    await bob.media.startScreen({ audio: false });
    await lab.pass(500);
    expect(arriving(ann, bob)).toEqual(['camera', 'microphone', 'screen']);
    expect(seen(ann, bob)?.media.screen).toBe('on');
  });

  it('obeys a host who muted meanwhile', async () => {
    const { lab, ann, bob } = await pair();
    lab.server.up = false;
    bob.sockets.at(-1)!.drop();
    await lab.until(ann.room.muteMember(bob.room.self!.id, 'microphone'));
    lab.server.up = true;
    await lab.pass(2_000);
    expect(bob.media.state.microphone).toBe('muted');
    expect(seen(ann, bob)?.media.microphone).toBe('muted');
  });
});

describe('a server that finds a member too fast', () => {
  it('gets every signal and message all the same, in order', async () => {
    const lab = new Lab();
    let tokens = 3;
    let filledMs = 0;
    let refusals = 0;
    lab.server.refuse = (name) => {
      if (name === 'join') return undefined;
      tokens = Math.min(3, tokens + (lab.time.nowMs() - filledMs) / 30);
      filledMs = lab.time.nowMs();
      if (tokens >= 1) tokens -= 1;
      else {
        refusals += 1;
        return protocolError('rate_limited', { retryAfterMs: Math.ceil((1 - tokens) * 30) });
      }
      return undefined;
    };
    const [ann, bob] = [lab.person('ann'), lab.person('bob')];
    await lab.join(ann);
    await lab.join(bob);
    const texts = Array.from({ length: 12 }, (_, ix) => `${ix}`);
    await lab.until(Promise.all(texts.map((text) => bob.room.sendChat(text))));
    await lab.pass(500);
    expect(refusals).toBeGreaterThan(10);
    expect(ann.room.chat.map(({ text }) => text)).toEqual(texts);
    expect([arriving(ann, bob), arriving(bob, ann)]).toEqual([BOTH, BOTH]);
    expect([ann.connections.length, bob.connections.length]).toEqual([1, 1]);
  });
});

describe('a lost path between two members', () => {
  it('is found anew at once when the network of one changes', async () => {
    const { lab, ann, bob } = await pair();
    const before = seen(bob, ann)?.peer?.path?.local;
    lab.network.move('bob');
    bob.changeNetwork();
    await lab.pass(450);
    expect(seen(bob, ann)?.peer?.state).toBe('connected');
    expect(arriving(ann, bob)).toEqual(BOTH);
    expect([ann.connections.length, bob.connections.length]).toEqual([1, 1]);
    await lab.pass(6_000);
    expect(seen(bob, ann)?.peer?.path?.local).not.toBe(before);
  });

  it('is found anew, and the time told, when nobody says that the network changed: packets that cease say so', async () => {
    const { lab, ann, bob } = await pair();
    await lab.pass(2_000);
    const told = [recoveries(ann), recoveries(bob)];
    lab.network.move('bob');
    await lab.pass(650);
    expect(seen(ann, bob)?.peer).toMatchObject({ state: 'connected', interrupted: true });
    await lab.pass(500);
    expect([arriving(ann, bob), arriving(bob, ann)]).toEqual([BOTH, BOTH]);
    expect(seen(ann, bob)?.peer?.interrupted).toBe(false);
    expect([ann.connections.length, bob.connections.length]).toEqual([1, 1]);
    for (const [first, ...others] of told) {
      expect(first?.what).toBe('media');
      expect(first?.afterMs).toBeGreaterThan(400);
      expect(first?.afterMs).toBeLessThan(1_150);
      expect(others).toEqual([]);
    }
  });

  it('is not looked for because somebody turned everything off', async () => {
    const { lab, ann, bob } = await pair();
    await lab.pass(2_000);
    const before = ann.connections[0]!.localDescription!.sdp;
    bob.media.stop('camera');
    bob.media.stop('microphone');
    await lab.pass(5_000);
    expect(seen(ann, bob)?.peer?.interrupted).toBe(false);
    expect(ann.connections[0]!.localDescription!.sdp).toBe(before);
  });

  it('comes back after a long cut, if need be on a fresh connection', async () => {
    const { lab, ann, bob } = await pair();
    lab.network.cut('bob');
    await lab.pass(25_000);
    expect(['disconnected', 'failed', 'connecting', 'new']).toContain(seen(ann, bob)?.peer?.state);
    lab.network.mend('bob');
    await lab.pass(25_000);
    expect(arriving(ann, bob)).toEqual(BOTH);
    expect(arriving(bob, ann)).toEqual(BOTH);
    expect(lab.network.open.size).toBe(2);
  });

  it('is restarted on demand', async () => {
    const { lab, ann, bob } = await pair();
    const before = ann.connections[0]!.localDescription!.sdp;
    seen(ann, bob)!.peer!.restartIce();
    await lab.pass(100);
    expect(ann.connections[0]!.localDescription!.sdp).not.toBe(before);
    expect(arriving(bob, ann)).toEqual(BOTH);
  });
});

describe('a newcomer whose offer never comes', () => {
  it('gets one from who was there first', async () => {
    const lab = new Lab();
    const ann = lab.person('ann');
    await lab.join(ann);
    const bob = lab.person('bob');
    await lab.join(bob);
    // The offer was on its way when the page died; the page comes back and resumes nothing.
    bob.sockets.at(-1)!.silent = true;
    await lab.pass(12_000);
    await lab.pass(12_000);
    expect(arriving(ann, bob)).toEqual(BOTH);
  });
});
