import { describe, expect, test } from 'vitest';
import { type Guest, Stage } from './stage.js';

const AUTO = { mode: 'auto', able: ['p2p', 'sfu', 'auto'] } as const;

const stageWithMedia = () => new Stage({ modes: ['p2p', 'sfu', 'auto'], maxMembers: 50 });
const pathsHeard = (guest: Guest) =>
  guest.events().flatMap((event) => (event.type === 'room-changed' ? [event.room.media] : []));

describe('a room that moves by itself', () => {
  test('goes through the server from the third member on, who is told by the reply', () => {
    const stage = stageWithMedia();
    const ada = stage.join('Ada', AUTO);
    expect(ada.joined.room).toMatchObject({ mode: 'auto', media: 'p2p', maxMembers: 50 });
    const bo = stage.join('Bo', AUTO);
    expect(pathsHeard(ada)).toEqual([]);
    const cy = stage.join('Cy', AUTO);
    expect(cy.joined.room.media).toBe('sfu');
    expect([pathsHeard(ada), pathsHeard(bo), pathsHeard(cy)]).toEqual([['sfu'], ['sfu'], []]);
    stage.join('Di', AUTO);
    expect(pathsHeard(cy)).toEqual([]);
  });

  test('does so for a guest who cannot send to others directly', () => {
    const stage = stageWithMedia();
    const ada = stage.join('Ada', AUTO);
    stage.join('camera', { ...AUTO, dialect: 'whip', able: ['sfu', 'auto'] });
    expect(pathsHeard(ada)).toEqual(['sfu']);
  });

  test('takes pages of the classic events in, and goes by the others alone', () => {
    const stage = stageWithMedia();
    const ada = stage.join('Ada', AUTO);
    for (const name of ['page', 'other page', 'third page']) {
      stage.join(name, { dialect: 'classic', mode: 'p2p', able: ['p2p', 'auto'] });
    }
    stage.join('Bo', AUTO);
    expect(pathsHeard(ada)).toEqual([]);
    stage.join('Cy', AUTO);
    expect(pathsHeard(ada)).toEqual(['sfu']);
  });

  test('goes straight for as long as somebody is there who can do nothing else, and holds as many as that does', () => {
    const stage = stageWithMedia();
    const ada = stage.join('Ada', AUTO);
    const old = stage.join('Old', {});
    for (const name of ['Bo', 'Cy']) stage.join(name, AUTO);
    expect(pathsHeard(ada)).toEqual([]);
    expect(stage.tryJoin('Di', AUTO)).toMatchObject({ error: { code: 'room_full', detail: 'maxMembers 4' } });
    const camera = { ...AUTO, dialect: 'whip', able: ['sfu', 'auto'] } as const;
    expect(stage.tryJoin('camera', camera)).toMatchObject({ error: { code: 'room_peer_to_peer' } });
    old.ask('leave');
    expect(pathsHeard(ada)).toEqual(['sfu']);
    expect(stage.tryJoin('Old', {})).toMatchObject({ error: { code: 'room_through_server' } });
  });

  test('leaves it when two have been alone for half a minute', () => {
    const stage = stageWithMedia();
    const [ada, bo, cy] = ['Ada', 'Bo', 'Cy'].map((name) => stage.join(name, AUTO)) as [Guest, Guest, Guest];
    stage.hush();
    cy.ask('leave');
    stage.advance(29_999);
    expect(pathsHeard(ada)).toEqual([]);
    stage.advance(1);
    expect([pathsHeard(ada), pathsHeard(bo)]).toEqual([['p2p'], ['p2p']]);
  });

  test('stays when a third comes back before that, and counts anew', () => {
    const stage = stageWithMedia();
    const [ada, , cy] = ['Ada', 'Bo', 'Cy'].map((name) => stage.join(name, AUTO)) as [Guest, Guest, Guest];
    stage.hush();
    cy.ask('leave');
    stage.advance(20_000);
    const again = stage.join('Cy', AUTO);
    expect(again.joined.room.media).toBe('sfu');
    stage.advance(60_000);
    expect(pathsHeard(ada)).toEqual([]);
    again.ask('leave');
    stage.advance(30_000);
    expect(pathsHeard(ada)).toEqual(['p2p']);
  });

  test('counts who is only away, until the grace time is over', () => {
    const stage = stageWithMedia();
    const [ada, , cy] = ['Ada', 'Bo', 'Cy'].map((name) => stage.join(name, AUTO)) as [Guest, Guest, Guest];
    stage.hush();
    stage.command({ type: 'detach', link: cy.link });
    stage.advance(59_999);
    expect(pathsHeard(ada)).toEqual([]);
    stage.advance(1);
    expect(pathsHeard(ada)).toEqual(['p2p']);
  });

  test('leaves nothing behind that would wait for it', () => {
    const stage = stageWithMedia();
    const guests = ['Ada', 'Bo', 'Cy'].map((name) => stage.join(name, AUTO));
    for (const guest of guests) guest.ask('leave');
    stage.advance(700_000);
    expect(stage.engine.counts()).toMatchObject({ rooms: 0, members: 0, deadlines: 0 });
  });
});

describe('a room of one path', () => {
  test.each([
    ['p2p', 'p2p'],
    ['sfu', 'sfu'],
  ] as const)('of mode %s keeps it, whoever comes', (mode, media) => {
    const stage = stageWithMedia();
    const guests = ['Ada', 'Bo', 'Cy'].map((name) => stage.join(name, { ...AUTO, mode }));
    for (const { joined } of guests) expect(joined.room.media).toBe(media);
    guests[2]!.ask('leave');
    stage.advance(100_000);
    expect(pathsHeard(guests[0]!)).toEqual([]);
  });

  test('is told to whoever has to know whether it has anything to do with the server', () => {
    const stage = stageWithMedia();
    const ada = stage.join('Ada', { ...AUTO, mode: 'p2p' });
    expect(ada.ask('may', { action: 'publish' })).toEqual({ ok: true, room: 'plaza', mode: 'p2p', tracks: [] });
    const bo = stage.join('Bo', { ...AUTO, room: 'yard' });
    expect(bo.ask('may', { action: 'view' })).toEqual({ ok: true, room: 'yard', mode: 'auto', tracks: [] });
  });
});
