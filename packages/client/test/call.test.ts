import { LIMITS, PROTOCOL_VERSION as SERVER_VERSION } from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { MadangError } from '../src/index.js';
import { PROTOCOL_VERSION } from '../src/protocol-version.js';
import { arriving, Lab, seen } from './lab.js';

const BOTH = ['camera', 'microphone'];

async function call(names: readonly string[]) {
  const lab = new Lab();
  const people = names.map((name) => lab.person(name));
  for (const person of people) await lab.join(person);
  await lab.pass(100);
  return { lab, people };
}

describe('a call', () => {
  it('speaks the version of the protocol', () => {
    expect(PROTOCOL_VERSION).toBe(SERVER_VERSION);
  });

  it('brings sound and picture both ways with one offer and one answer', async () => {
    const { lab, people } = await call(['ann', 'bob']);
    const [ann, bob] = people as [(typeof people)[0], (typeof people)[0]];
    expect(arriving(ann, bob)).toEqual(BOTH);
    expect(arriving(bob, ann)).toEqual(BOTH);
    expect(seen(ann, bob)?.peer?.state).toBe('connected');
    expect(seen(ann, bob)?.peer?.path).toMatchObject({ kind: 'host', protocol: 'udp', roundTripMs: 10 });
    const descriptions = lab.server.requests.filter(({ payload }) => JSON.stringify(payload).includes('"description"'));
    expect(descriptions).toHaveLength(2);
    expect(ann.connections).toHaveLength(1);
    expect(bob.connections).toHaveLength(1);
  });

  it('connects four with each other, and refuses the fifth with room_full', async () => {
    const { lab, people } = await call(['ann', 'bob', 'cem', 'dan']);
    expect(people).toHaveLength(LIMITS.p2pMembers);
    for (const person of people) {
      for (const other of people) if (other !== person) expect(arriving(person, other)).toEqual(BOTH);
    }
    const eve = lab.person('eve');
    const refusal = await lab.join(eve).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MadangError);
    expect(refusal).toMatchObject({ code: 'room_full' });
    expect(eve.room.state).toBe('idle');
    await lab.until(people[3]!.room.leave());
    await lab.join(eve);
    await lab.pass(100);
    expect(arriving(eve, people[0]!)).toEqual(BOTH);
  });

  it('shares a screen with its sound, and takes it away again', async () => {
    const { lab, people } = await call(['ann', 'bob']);
    const [ann, bob] = people as [(typeof people)[0], (typeof people)[0]];
    await ann.media.startScreen({ audio: true });
    await lab.pass(100);
    expect(arriving(bob, ann)).toEqual(['camera', 'microphone', 'screen', 'screen-audio']);
    expect(seen(bob, ann)?.media.screen).toBe('on');
    await bob.media.startScreen();
    await lab.pass(100);
    expect(arriving(ann, bob)).toEqual(['camera', 'microphone', 'screen', 'screen-audio']);
    ann.media.stop('screen');
    await lab.pass(100);
    expect(arriving(bob, ann)).toEqual(BOTH);
    expect(arriving(ann, bob)).toContain('screen');
    await ann.media.startScreen();
    await lab.pass(100);
    expect(arriving(bob, ann)).toContain('screen');
  });

  it('gives a newcomer the screen that is being shared already', async () => {
    const { lab, people } = await call(['ann']);
    await people[0]!.media.startScreen();
    const bob = lab.person('bob');
    await lab.join(bob);
    await lab.pass(200);
    expect(arriving(bob, people[0]!)).toEqual(['camera', 'microphone', 'screen', 'screen-audio']);
  });

  it('switches, mutes and reopens devices without an offer', async () => {
    const { lab, people } = await call(['ann', 'bob']);
    const [ann, bob] = people as [(typeof people)[0], (typeof people)[0]];
    const before = descriptions(lab);
    await ann.media.switchDevice('camera', 'cam-2');
    await ann.media.setMicrophoneMuted(true);
    await lab.pass(50);
    expect(arriving(bob, ann)).toEqual(BOTH);
    expect(seen(bob, ann)?.media.microphone).toBe('muted');
    await ann.media.setCameraMuted(true);
    await lab.pass(50);
    expect(arriving(bob, ann)).toEqual(['microphone']);
    expect(seen(bob, ann)?.tracks.has('camera')).toBe(true);
    await ann.media.setCameraMuted(false);
    await lab.pass(50);
    expect(arriving(bob, ann)).toEqual(BOTH);
    expect(descriptions(lab)).toBe(before);
  });

  it('lets a viewer see everything and send nothing, until made a participant', async () => {
    const { lab, people } = await call(['ann']);
    const [ann] = people as [(typeof people)[0]];
    const vic = lab.person('vic');
    await vic.media.startCamera();
    await lab.join(vic, { role: 'viewer' });
    await lab.pass(100);
    expect(arriving(vic, ann)).toEqual(BOTH);
    expect(seen(ann, vic)?.tracks.size).toBe(0);
    expect(seen(ann, vic)?.media.camera).toBe('off');
    await lab.until(ann.room.setRole(vic.room.self!.id, 'participant'));
    await lab.pass(100);
    expect(arriving(ann, vic)).toEqual(['camera']);
  });

  it('really mutes what a host mutes', async () => {
    const { lab, people } = await call(['ann', 'bob']);
    const [ann, bob] = people as [(typeof people)[0], (typeof people)[0]];
    const told: string[] = [];
    bob.room.on('mutedByHost', ({ by, source }) => told.push(`${by?.name} ${source}`));
    await lab.until(ann.room.muteMember(bob.room.self!.id, 'microphone'));
    await lab.until(ann.room.muteMember(bob.room.self!.id, 'camera'));
    await lab.pass(50);
    expect(told).toEqual(['ann microphone', 'ann camera']);
    expect(bob.media.tracks.get('microphone')?.mediaStreamTrack.enabled).toBe(false);
    expect(bob.media.tracks.get('camera')?.mediaStreamTrack.readyState).toBe('ended');
    expect(seen(ann, bob)?.media).toEqual({ microphone: 'muted', camera: 'muted', screen: 'off' });
  });

  it('says who speaks, and who has stopped', async () => {
    const { lab, people } = await call(['ann', 'bob']);
    const [ann, bob] = people as [(typeof people)[0], (typeof people)[0]];
    const heard: string[] = [];
    ann.room.on('speakingChanged', (member) => heard.push(`${member.name} ${member.speaking}`));
    const microphone = bob.media.tracks.get('microphone')!.mediaStreamTrack as unknown as { level: number };
    microphone.level = 0.4;
    await lab.pass(200);
    expect(seen(ann, bob)?.audioLevel).toBe(0.4);
    microphone.level = 0;
    await lab.pass(1_000);
    expect(heard).toEqual(['bob true', 'bob false']);
  });

  it('carries chat, reactions, hands and names', async () => {
    const { lab, people } = await call(['ann', 'bob']);
    const [ann, bob] = people as [(typeof people)[0], (typeof people)[0]];
    const reactions: string[] = [];
    ann.room.on('reaction', (member, reaction) => reactions.push(`${member?.name} ${reaction}`));
    expect(await lab.until(bob.room.sendChat('hello'))).toBeGreaterThan(0);
    await lab.until(bob.room.react('🎉'));
    await lab.until(bob.room.raiseHand(true));
    await lab.until(bob.room.rename('Robert'));
    await lab.pass(20);
    expect(ann.room.chat.map(({ text }) => text)).toEqual(['hello']);
    expect(reactions).toEqual(['bob 🎉']);
    expect(ann.room.members[1]).toMatchObject({ name: 'Robert', isSelf: false });
    expect(ann.room.members[1]?.handRaisedWallMs).not.toBeNull();
  });

  it('ends for who is kicked, with the reason, and for everybody when the room is closed', async () => {
    const { lab, people } = await call(['ann', 'bob', 'cem']);
    const [ann, bob, cem] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
    const ends: unknown[] = [];
    bob.room.on('ended', (end) => ends.push(end));
    await lab.until(ann.room.kick(bob.room.self!.id, 'too loud'));
    await lab.pass(20);
    expect(ends).toEqual([{ reason: 'kicked', note: 'too loud' }]);
    expect(bob.room.state).toBe('ended');
    expect(ann.room.members).toHaveLength(2);
    await lab.until(ann.room.close());
    await lab.pass(20);
    expect([ann.room.endReason, cem.room.endReason]).toEqual(['closed', 'closed']);
    expect(lab.network.open.size).toBe(0);
    expect(lab.server.connections).toBe(0);
  });

  it('leaves nothing behind', async () => {
    const { lab, people } = await call(['ann', 'bob']);
    for (const { room } of people) await lab.until(room.leave());
    expect(people.map(({ room }) => [room.state, room.endReason])).toEqual([
      ['ended', 'left'],
      ['ended', 'left'],
    ]);
    expect(lab.network.open.size).toBe(0);
    expect(lab.server.connections).toBe(0);
    // What the empty room remembers is the server's own: when that is forgotten no timer is left.
    lab.time.advance(400_000);
    expect(lab.time.pending).toBe(0);
  });

  it('can be called off while it is being joined, and leaves nobody in the room', async () => {
    const { lab, people } = await call(['ann']);
    const bob = lab.person('bob');
    const controller = new AbortController();
    const joining = bob.room.connect({ room: 'yard', name: 'bob', signal: controller.signal }).catch((error) => error);
    await lab.pass(5);
    controller.abort();
    expect(await lab.until(joining)).toMatchObject({ code: 'aborted' });
    await lab.pass(50);
    expect(bob.room.state).toBe('idle');
    expect(people[0]!.room.members).toHaveLength(1);
    expect(lab.server.connections).toBe(1);
  });

  it('can be joined again after leaving, under another name', async () => {
    const { lab, people } = await call(['ann', 'bob']);
    const [ann, bob] = people as [(typeof people)[0], (typeof people)[0]];
    await lab.until(bob.room.leave());
    await lab.join(bob, { name: 'Robert' });
    await lab.pass(100);
    expect(ann.room.members.map(({ name }) => name)).toEqual(['ann', 'Robert']);
    expect(bob.room.members).toHaveLength(2);
    expect(arriving(ann, bob)).toEqual(BOTH);
    expect(arriving(bob, ann)).toEqual(BOTH);
  });

  it('joins in one round trip after prepare', async () => {
    const lab = new Lab();
    const ann = lab.person('ann');
    await lab.until(ann.room.prepare());
    const before = lab.time.nowMs();
    await lab.join(ann);
    expect(lab.time.nowMs() - before).toBeLessThanOrEqual(5);
    expect(ann.sockets).toHaveLength(1);
  });

  it('stands after three round trips: the join, and an offer and its answer through the server', async () => {
    const { lab, people } = await call(['ann']);
    const bob = lab.person('bob');
    await lab.until(bob.room.prepare());
    await bob.media.startCamera();
    lab.server.latencyMs = () => 50;
    const before = lab.time.nowMs();
    await lab.join(bob);
    while (arriving(bob, people[0]!).length < 2 && lab.time.nowMs() - before < 1_000) await lab.pass(1);
    // Six ways of 50 ms; the rest is the work of the browsers.
    expect(lab.time.nowMs() - before).toBeLessThan(6 * 50 + 30);
    expect(lab.server.requests.filter(({ name }) => name === 'ice-servers' || name === 'media')).toEqual([]);
  });

  it('gives up joining a server that does not answer', async () => {
    const lab = new Lab();
    lab.server.stop();
    const ann = lab.person('ann');
    await expect(lab.join(ann)).rejects.toMatchObject({ code: 'not_connected' });
    expect(lab.time.nowMs()).toBeGreaterThanOrEqual(15_000);
    await lab.pass(20_000);
    expect(lab.time.pending).toBe(0);
  });
});

function descriptions(lab: Lab): number {
  return lab.server.requests.filter(({ payload }) => JSON.stringify(payload).includes('"description"')).length;
}
