import type { Track } from '@madang/protocol';
import { describe, expect, test } from 'vitest';
import { codeOf, Stage } from './stage.js';

const GUEST = { mode: 'sfu', able: ['sfu'], dialect: 'whip' } as const;
const PICTURE: Track = { id: 'p', source: 'camera', codec: 'VP8', layers: 3 };
const SOUND: Track = { id: 's', source: 'microphone', codec: 'opus', layers: 1 };

const stageWithMedia = () => new Stage({ modes: ['p2p', 'sfu'], maxMembers: 6 });

describe('a room through the server', () => {
  test('is opened by whoever asks for one and can take part, and holds as many as the configuration allows', () => {
    const stage = stageWithMedia();
    expect(stage.join('a', GUEST).joined.room).toMatchObject({ mode: 'sfu', maxMembers: 6 });
    for (const name of ['b', 'c', 'd', 'e', 'f']) stage.join(name, GUEST);
    expect(stage.tryJoin('g', GUEST)).toMatchObject({ error: { code: 'room_full', detail: 'maxMembers 6' } });
  });

  test('is not opened where there is no media server, nor by one who could not take part', () => {
    expect(codeOf(new Stage().tryJoin('a', GUEST))).toBe('mode_unavailable');
    const stage = stageWithMedia();
    expect(codeOf(stage.tryJoin('a', { mode: 'sfu' }))).toBe('mode_unavailable');
    expect(codeOf(stage.tryJoin('a', { able: ['sfu'] }))).toBe('mode_unavailable');
    expect(stage.engine.counts()).toMatchObject({ rooms: 0, members: 0 });
  });

  test('is refused to one who speaks peer to peer only, and the other way round', () => {
    const stage = stageWithMedia();
    stage.join('a', GUEST);
    expect(codeOf(stage.tryJoin('b'))).toBe('room_through_server');
    stage.join('c', { room: 'yard' });
    expect(codeOf(stage.tryJoin('d', { ...GUEST, room: 'yard' }))).toBe('room_peer_to_peer');
    expect(codeOf(stage.tryJoin('e', { room: 'yard', able: ['p2p', 'sfu'] }))).toBe('ok');
  });
});

describe('what a member publishes', () => {
  test('is seen by everyone with its sources on, and by those who come later', () => {
    const stage = stageWithMedia();
    const ada = stage.join('Ada', GUEST);
    const bo = stage.join('Bo', GUEST);
    expect(codeOf(ada.ask('publish', { tracks: [PICTURE, SOUND] }))).toBe('ok');
    const media = { camera: 'on', microphone: 'on', screen: 'off' };
    const state = { id: ada.id, tracks: [PICTURE, SOUND], media };
    expect(bo.events()).toMatchObject([{ type: 'member-changed', member: state }]);
    expect(stage.join('Cy', GUEST).joined.members[0]).toMatchObject(state);
  });

  test('is replaced by what it publishes next', () => {
    const stage = stageWithMedia();
    const ada = stage.join('Ada', GUEST);
    ada.ask('publish', { tracks: [PICTURE] });
    ada.ask('publish', { tracks: [SOUND] });
    const media = { camera: 'off', microphone: 'on', screen: 'off' };
    expect(ada.lastEvent()).toMatchObject({ member: { tracks: [SOUND], media } });
  });

  test('is taken back once', () => {
    const stage = stageWithMedia();
    const ada = stage.join('Ada', GUEST);
    ada.ask('publish', { tracks: [PICTURE] });
    ada.events();
    expect(codeOf(ada.ask('unpublish'))).toBe('ok');
    expect(ada.lastEvent()).toMatchObject({ member: { tracks: [], media: { camera: 'off' } } });
    expect(codeOf(ada.ask('unpublish'))).toBe('ok');
    expect(ada.events()).toEqual([]);
  });

  test('ends when a host makes it a viewer, who may still see', () => {
    const stage = stageWithMedia();
    const host = stage.join('Host', GUEST);
    const ada = stage.join('Ada', GUEST);
    ada.ask('publish', { tracks: [PICTURE] });
    host.ask('role', { target: ada.id, role: 'viewer' });
    const media = { camera: 'off', microphone: 'off', screen: 'off' };
    expect(ada.lastEvent()).toMatchObject({ member: { role: 'viewer', tracks: [], media } });
    expect(codeOf(ada.ask('publish', { tracks: [PICTURE] }))).toBe('forbidden');
    expect(codeOf(ada.ask('may', { action: 'publish' }))).toBe('forbidden');
    expect(codeOf(ada.ask('may', { action: 'view' }))).toBe('ok');
  });
});
