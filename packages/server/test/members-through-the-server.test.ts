import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalMedia } from '../src/media/index.js';
import { until } from './media-guest.js';
import { MediaMember } from './media-member.js';
import { type Rig, startRig } from './signal-rig.js';

let media: LocalMedia;
let rig: Rig;
const members: MediaMember[] = [];

beforeEach(async () => {
  media = await LocalMedia.open({ bind: ['127.0.0.1'], announce: [], port: 0 });
  rig = await startRig({ media, limits: { modes: ['p2p', 'sfu', 'auto'] } });
});

afterEach(async () => {
  for (const member of members.splice(0)) member.leave();
  await rig.stop();
  media.close();
  expect(rig.uncaught).toEqual([]);
});

async function join(name: string, more: object = {}): Promise<MediaMember> {
  const member = await MediaMember.join(rig, name, more);
  members.push(member);
  return member;
}

/** Who said it, and what. */
const text = (said: string | Buffer | ArrayBuffer): string =>
  Buffer.from(said as Buffer)
    .subarray(2)
    .toString();

const connections = () => media.counts().connections;

describe('members of a room through the server', () => {
  test('hear each other', async () => {
    const [ada, bo] = [await join('Ada'), await join('Bo')];
    const [adasVoice, bosVoice] = [await ada.publish(), await bo.publish()];
    const [inAda, inBo] = [await ada.subscribe([bosVoice]), await bo.subscribe([adasVoice])];
    await until(() => ada.count(inAda.get(bosVoice)) > 20 && bo.count(inBo.get(adasVoice)) > 20);
    expect(connections()).toBe(4);
  });

  test('hear who comes later by a second offer', async () => {
    const [ada, bo] = [await join('Ada'), await join('Bo')];
    const voice = await ada.publish();
    expect(bo.eventsOf('member-changed').at(-1)?.member.tracks).toMatchObject([{ id: voice, source: 'microphone' }]);
    await bo.subscribe([voice]);
    const cy = await join('Cy');
    const another = await cy.publish(1, 'screen-audio');
    const sections = await bo.subscribe([voice, another]);
    await until(() => bo.count(sections.get(voice)) > 10 && bo.count(sections.get(another)) > 10);
    expect(bo.eventsOf('member-changed').at(-1)?.member).toMatchObject({ media: { screen: 'on', microphone: 'off' } });
  });

  test('are told how a track is sent, and who speaks no more when nobody is there', async () => {
    const [ada, bo] = [await join('Ada'), await join('Bo')];
    const voice = await ada.publish();
    await bo.subscribe([voice]);
    // Before its first packet they may be told that the publisher sends nothing.
    const told = () => bo.eventsOf('forwarding').at(-1)?.changes;
    await until(() => told()?.[0]?.reason === 'full');
    expect(told()).toEqual([{ track: voice, layer: 0, reason: 'full' }]);
  });

  test('are not heard while a host has them muted, until they say that they are on', async () => {
    const [host, ada] = [await join('Host'), await join('Ada')];
    const voice = await ada.publish();
    const mid = (await host.subscribe([voice])).get(voice);
    await until(() => host.count(mid) > 5);
    await host.client.ask('mute', { member: ada.id, source: 'microphone' });
    await until(() =>
      host.eventsOf('forwarding').some(({ changes }) => changes.some(({ reason }) => reason === 'paused')),
    );
    const before = host.count(mid);
    await new Promise((done) => setTimeout(done, 200));
    expect(host.count(mid)).toBe(before);
    await ada.client.ask('media', { media: { microphone: 'on' } });
    await until(() => host.count(mid) > before + 5);
  });

  test('keep their media while signaling is away, and lose it with their membership', async () => {
    const [ada, bo] = [await join('Ada'), await join('Bo')];
    const voice = await ada.publish();
    const mid = (await bo.subscribe([voice])).get(voice);
    await until(() => bo.count(mid) > 5);
    ada.client.socket.disconnect();
    await until(() => bo.eventsOf('member-changed').some(({ member }) => !member.connected));
    const before = bo.count(mid);
    await until(() => bo.count(mid) > before + 10);
    const back = await rig.connect();
    const { token } = ada.joined.resume;
    expect(await back.request('resume', { protocol: 1, token, seq: 0 })).toMatchObject({ self: ada.id });
    await back.request('leave');
    await until(() => connections() === 1);
  });

  test('who become viewers give nothing any more, and are told so', async () => {
    const [host, ada] = [await join('Host'), await join('Ada')];
    await ada.publish();
    await host.client.ask('role', { member: ada.id, role: 'viewer' });
    await until(() => ada.eventsOf('media-ended').length === 1);
    expect(ada.eventsOf('media-ended')[0]).toMatchObject({ connection: 'publish', generation: 1, reason: 'forbidden' });
    expect(connections()).toBe(0);
    expect(await ada.client.refusal('publish', { generation: 2, sdp: 'v=0', tracks: [] })).toBe('forbidden');
  });

  test('say something to each other by data channels, and viewers hear it', async () => {
    const [ada, bo, vic] = [await join('Ada'), await join('Bo'), await join('Vic', { role: 'viewer' })];
    const heard: Record<string, string[]> = { ada: [], bo: [], vic: [] };
    const lanes = { ada: await ada.openLane(), bo: await bo.openLane(), vic: await vic.openLane() };
    for (const [name, lane] of Object.entries(lanes)) lane.onMessage((said) => heard[name]?.push(text(said)));
    lanes.ada.sendMessageBinary(Uint8Array.of(2, 0, ...Buffer.from('to all')));
    await until(() => heard.bo?.length === 1 && heard.vic?.length === 1);
    lanes.vic.sendMessageBinary(Uint8Array.of(2, 0, ...Buffer.from('me too')));
    await until(() => !lanes.vic.isOpen());
    expect(heard).toEqual({ ada: [], bo: [`${ada.id}to all`], vic: [`${ada.id}to all`] });
    expect(rig.uncaught).toEqual([]);
  });

  test('open another connection under a higher generation, and the one before is hung up', async () => {
    const ada = await join('Ada');
    const first = await ada.publish(1);
    const second = await ada.publish(2);
    expect(second).not.toBe(first);
    await until(() => connections() === 1);
    expect(ada.eventsOf('media-ended')).toEqual([]);
    const late = { generation: 1, sdp: 'v=0', tracks: [] };
    expect(await ada.client.refusal('publish', late)).toBe('media_outdated');
  });

  test('take their media back, and go on saying themselves what they have on', async () => {
    const ada = await join('Ada');
    await ada.publish();
    await ada.subscribe([]);
    await ada.client.request('unpublish');
    await ada.client.request('unsubscribe');
    await until(() => connections() === 0);
    expect(ada.eventsOf('member-changed').at(-1)?.member).toMatchObject({ tracks: [], media: { microphone: 'on' } });
  });
});

describe('what is refused', () => {
  test('where members send to each other', async () => {
    const ada = await join('Ada', { mode: 'p2p' });
    expect(await ada.client.refusal('subscribe', { generation: 1, tracks: [] })).toBe('room_peer_to_peer');
  });

  test('before a room is joined', async () => {
    const client = await rig.connect();
    expect(await client.refusal('unpublish', {})).toBe('not_joined');
  });

  test('of descriptions that are none, and of answers to other offers', async () => {
    const ada = await join('Ada', { mode: 'auto' });
    const codes = [
      await ada.client.refusal('publish', { generation: 1, sdp: 'hello', tracks: [] }),
      await ada.client.refusal('answer', { generation: 1, revision: 1, sdp: 'hello' }),
      await ada.client.refusal('subscribe', { generation: 1, tracks: [] }),
      await ada.client.refusal('answer', { generation: 1, revision: 2, sdp: 'hello' }),
      await ada.client.refusal('answer', { generation: 1, revision: 1, sdp: 'hello' }),
    ];
    expect(codes).toEqual(['media_refused', 'media_outdated', 'none', 'media_outdated', 'media_refused']);
  });

  test('where there is no media server', async () => {
    const without = await startRig();
    const client = await without.connect();
    const about = { protocol: 1, room: 'tea', name: 'Ada', mode: 'sfu', modes: ['sfu'] };
    expect(await client.refusal('join', about)).toBe('mode_unavailable');
    await without.stop();
  });
});
