import type { Track } from '@madang/protocol';
import { describe, expect, test } from 'vitest';
import { Stage } from './stage.js';

const GUEST = { mode: 'sfu', able: ['sfu'] } as const;
const SOUND: Track = { id: 's', source: 'microphone', codec: 'opus', layers: 1 };
const SCREEN: Track = { id: 'v', source: 'screen', codec: 'VP8', layers: 1 };
const SCREEN_SOUND: Track = { id: 'vs', source: 'screen-audio', codec: 'opus', layers: 1 };

/** A host and somebody who publishes, and what the media server was told to mute since. */
function scene() {
  const stage = new Stage({ modes: ['sfu'] });
  const host = stage.join('Host', GUEST);
  const ada = stage.join('Ada', GUEST);
  const told = (body: () => void) => {
    stage.rights.length = 0;
    body();
    return stage.rights.map(({ member, muted }) => [member === ada.id, ...muted]);
  };
  return { stage, host, ada, told };
}

describe('what the media server does not forward', () => {
  test('is what a host mutes, until the member turns it on again', () => {
    const { host, ada, told } = scene();
    expect(told(() => ada.ask('publish', { tracks: [SOUND] }))).toEqual([[true]]);
    expect(told(() => host.ask('mute', { target: ada.id, source: 'microphone' }))).toEqual([[true, 's']]);
    expect(told(() => ada.ask('publish', { tracks: [SOUND, SCREEN] }))).toEqual([[true, 's']]);
    expect(ada.lastEvent()).toMatchObject({ member: { media: { microphone: 'muted', screen: 'on' } } });
    expect(told(() => ada.ask('media', { media: { microphone: 'on' } }))).toEqual([[true]]);
  });

  test('is what the member itself has muted, also before it is published', () => {
    const { ada, told } = scene();
    ada.ask('media', { media: { microphone: 'muted' } });
    expect(told(() => ada.ask('publish', { tracks: [SOUND] }))).toEqual([[true, 's']]);
    expect(told(() => ada.ask('rename', { name: 'Ada L.' }))).toEqual([]);
  });

  test('is a screen together with its sound', () => {
    const { host, ada, told } = scene();
    ada.ask('publish', { tracks: [SCREEN, SCREEN_SOUND] });
    expect(told(() => host.ask('mute', { target: ada.id, source: 'screen' }))).toEqual([[true, 'v', 'vs']]);
  });
});

test('who is made a viewer may give nothing any more', () => {
  const { stage, host, ada, told } = scene();
  ada.ask('publish', { tracks: [SOUND] });
  expect(told(() => host.ask('role', { target: ada.id, role: 'viewer' }))).toEqual([[true]]);
  expect(stage.rights.at(-1)).toMatchObject({ publishes: false });
});

test('a source that is muted is told so again to another connection that gives it under the same name', () => {
  const { host, ada, told } = scene();
  ada.ask('publish', { tracks: [SOUND] });
  host.ask('mute', { target: ada.id, source: 'microphone' });
  expect(told(() => ada.ask('publish', { tracks: [SOUND] }))).toEqual([[true, 's']]);
});

test('a source that is muted stays so while its connection is another', () => {
  const { host, ada, told } = scene();
  ada.ask('publish', { tracks: [SOUND] });
  host.ask('mute', { target: ada.id, source: 'microphone' });
  ada.ask('unpublish');
  expect(told(() => ada.ask('publish', { tracks: [{ ...SOUND, id: 'other' }] }))).toEqual([[true, 'other']]);
});

describe('news of the media server', () => {
  test('reach the one they are for, or everyone in a room', () => {
    const { stage, host, ada } = scene();
    stage.hush();
    const changes = [{ track: 's', layer: 0, reason: 'full' as const }];
    stage.command({ type: 'tell', to: { member: ada.id }, news: { type: 'forwarding', changes } });
    stage.command({ type: 'tell', to: { room: 'plaza' }, news: { type: 'speaker', member: host.id } });
    expect(ada.events().map(({ type }) => type)).toEqual(['forwarding', 'speaker']);
    expect(host.events().map(({ type }) => type)).toEqual(['speaker']);
  });

  test('for those who are gone are no error', () => {
    const { stage } = scene();
    const news = { type: 'speaker', member: null } as const;
    expect(stage.command({ type: 'tell', to: { member: 'nobody' }, news })).toEqual({ ok: true });
    expect(stage.command({ type: 'tell', to: { room: 'nowhere' }, news })).toEqual({ ok: true });
  });
});
