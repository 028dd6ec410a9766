import { describe, expect, test } from 'vitest';
import { readU32 } from '../../src/bytes/index.js';
import { described } from '../recorded-offer.js';
import { marks, NOTHING, RouterStage } from './router-stage.js';

/** A room in which Anna and Ben publish, and the ids of what they give. */
function lab() {
  const stage = new RouterStage();
  const [anna, ben] = ['anna', 'ben'].map((id) => stage.publisher(id)) as [Publisher, Publisher];
  const [annaSound, annaPicture] = idsOf(anna);
  const [benSound, benPicture] = idsOf(ben);
  return { stage, anna, ben, annaSound, annaPicture, benSound, benPicture };
}

type Publisher = ReturnType<RouterStage['publisher']>;
const idsOf = ({ tracks }: Publisher) => tracks.map(({ id }) => id) as [string, string];
const want = (...tracks: string[]) => tracks.map((track) => ({ track }));

describe('a subscriber', () => {
  test('is sent exactly the tracks that it wants, by one offer of ours', () => {
    const { stage, anna, ben, annaSound, benPicture } = lab();
    const eve = stage.subscriber('eve', want(annaSound, benPicture));
    expect(eve.sections.map(({ track }) => track)).toEqual([annaSound, benPicture]);
    expect(eve.revision).toBe(1);
    stage.show(anna.browser, 7, 1);
    stage.show(ben.browser, 7, 2);
    stage.speak(anna.browser, 7, 50, Uint8Array.of(3));
    stage.speak(ben.browser, 7, 50, Uint8Array.of(4));
    expect(marks(eve.browser)).toEqual([2, 3]);
  });

  test('may come before anybody publishes, and asks again for what there is then', () => {
    const stage = new RouterStage();
    const eve = stage.subscriber('eve', []);
    expect(described(eve.offer!).sections.map(({ kind, direction }) => [kind, direction])).toEqual([
      ['audio', 'inactive'],
      ['video', 'inactive'],
    ]);
    const anna = stage.publisher('anna');
    eve.want(want(...idsOf(anna)));
    expect(described(eve.offer!).sections.map(({ mid, direction }) => [mid, direction])).toEqual([
      ['0', 'sendonly'],
      ['1', 'sendonly'],
    ]);
    stage.show(anna.browser, 7, 1);
    expect(marks(eve.browser)).toEqual([1]);
  });

  test('goes on with what another connection gives under the same name, without another offer', () => {
    const { stage, anna, annaSound, annaPicture } = lab();
    const eve = stage.subscriber('eve', want(annaPicture));
    const names = anna.tracks.map(({ mid, id: track }) => ({ mid, track }));
    const beside = stage.publisher('beside', { member: 'anna', names });
    expect(idsOf(beside)).not.toContain(annaPicture);
    stage.do<'hang-up'>({ type: 'hang-up', connection: 'anna' });
    const again = stage.publisher('again', { member: 'anna', names });
    expect(idsOf(again)).toEqual([annaSound, annaPicture]);
    stage.show(again.browser, 7, 1);
    eve.want(want(annaPicture));
    expect(eve.offer).toBeNull();
    expect(marks(eve.browser)).toEqual([1]);
  });

  test('negotiates nothing when only sizes, layers and pauses change', () => {
    const { stage, anna, annaPicture } = lab();
    const eve = stage.subscriber('eve', want(annaPicture));
    eve.want([{ track: annaPicture, maxWidth: 320, maxHeight: 180, maxLayer: 0, priority: 'high' }]);
    expect([eve.offer, eve.revision, eve.sections]).toEqual([null, 1, [{ mid: '0', track: annaPicture }]]);
    eve.want([{ track: annaPicture, paused: true }]);
    stage.show(anna.browser, 7, 1);
    eve.want([{ track: annaPicture }]);
    stage.show(anna.browser, 8, 2);
    expect(marks(eve.browser)).toEqual([2]);
  });

  test('is sent no more of what it does not want any more, before it has answered', () => {
    const { stage, anna, annaPicture, annaSound } = lab();
    const eve = stage.subscriber('eve', want(annaPicture, annaSound));
    stage.show(anna.browser, 7, 1);
    eve.ask(want(annaSound));
    stage.show(anna.browser, 8, 2);
    expect(marks(eve.browser)).toEqual([1]);
    eve.answer();
    stage.speak(anna.browser, 8, 50, Uint8Array.of(3));
    expect(marks(eve.browser)).toEqual([1, 3]);
  });

  test('has another track in the section of one that is gone, under SSRCs of its own', () => {
    const { stage, anna, ben, annaPicture, benPicture } = lab();
    const eve = stage.subscriber('eve', want(annaPicture));
    stage.show(anna.browser, 7, 1);
    stage.do<'hang-up'>({ type: 'hang-up', connection: 'anna' });
    eve.want(want(annaPicture, benPicture));
    expect(eve.sections).toEqual([{ mid: '0', track: benPicture }]);
    stage.show(ben.browser, 7, 2);
    expect(marks(eve.browser)).toEqual([1, 2]);
    expect(new Set(eve.browser.rtp.map((packet) => readU32(packet, 8))).size).toBe(2);
  });

  test('is not shown tracks of another room, nor what never was', () => {
    const { stage, annaPicture } = lab();
    const eve = stage.subscriber('eve', want(annaPicture, 'nothing'), { room: 'hall' });
    expect(eve.sections).toEqual([]);
  });

  test('that does not know a codec closes the section, and goes on with the others', () => {
    const { stage, anna, annaPicture, annaSound } = lab();
    const eve = stage.subscriber('eve', want(annaPicture, annaSound), { without: ['VP8'] });
    stage.show(anna.browser, 7, 1);
    stage.speak(anna.browser, 7, 50, Uint8Array.of(3));
    expect(marks(eve.browser)).toEqual([3]);
  });

  test('that leaves takes everything along', () => {
    const { stage, annaPicture } = lab();
    stage.subscriber('eve', want(annaPicture));
    for (const connection of ['eve', 'anna', 'ben']) stage.do<'hang-up'>({ type: 'hang-up', connection });
    expect(stage.tables()).toEqual(NOTHING);
  });
});

describe('an offer of ours', () => {
  test('that was never answered is replaced, also when it was taken', () => {
    const { stage, anna, annaPicture, annaSound } = lab();
    const eve = stage.subscriber('eve', want(annaPicture));
    eve.ask(want(annaPicture, annaSound));
    const lost = eve.take();
    const { revision } = eve;
    eve.ask(want(annaPicture, annaSound));
    expect(eve.revision).toBe(revision + 1);
    const late = stage.command<'answer'>({ type: 'answer', connection: 'eve', revision, answer: lost });
    expect(late).toMatchObject({ ok: false, code: 'revision' });
    eve.answer();
    stage.speak(anna.browser, 7, 50, Uint8Array.of(3));
    stage.show(anna.browser, 7, 1);
    expect(marks(eve.browser)).toEqual([3, 1]);
  });

  test('is answered once, and the same answer again is no error', () => {
    const { stage, annaPicture } = lab();
    const eve = stage.subscriber('eve', []);
    eve.ask(want(annaPicture));
    const answer = eve.take();
    const command = { type: 'answer', connection: 'eve', revision: eve.revision, answer } as const;
    expect(stage.command<'answer'>(command)).toEqual({ ok: true });
    expect(stage.command<'answer'>(command)).toEqual({ ok: true });
    expect(stage.command<'answer'>({ ...command, revision: 9 })).toMatchObject({ code: 'revision' });
  });

  test('restarts ICE, and what is sent goes on over the new path', () => {
    const { stage, anna, annaPicture } = lab();
    const eve = stage.subscriber('eve', want(annaPicture));
    stage.show(anna.browser, 7, 1);
    eve.want(want(annaPicture), true);
    expect(eve.offer).not.toBeNull();
    const portIx = eve.browser.bind();
    eve.browser.check({ portIx });
    stage.deliver();
    eve.browser.usePath(portIx);
    stage.show(anna.browser, 8, 2);
    expect(marks(eve.browser)).toEqual([1, 2]);
    expect(stage.events.filter(({ type }) => type === 'moved')).toHaveLength(1);
  });

  test('that stays without an answer for 30 s is forgotten with its connection', () => {
    const stage = new RouterStage();
    stage.do<'subscribe'>({ type: 'subscribe', connection: 'eve', room: 'lab', member: 'eve', wants: [] });
    stage.run(31_000);
    expect(stage.events).toEqual([{ type: 'closed', connection: 'eve', reason: 'unconnected' }]);
    expect(stage.tables()).toEqual(NOTHING);
  });
});

describe('what is refused', () => {
  test('has changed nothing', () => {
    const stage = new RouterStage({ tracksPerSubscriber: 2 });
    const eve = stage.subscriber('eve', []);
    const before = stage.tables();
    const about = { connection: 'eve', room: 'lab', member: 'eve' };
    const refusals = [
      stage.command<'subscribe'>({ type: 'subscribe', ...about, wants: want('a', 'b', 'c') }),
      stage.command<'answer'>({ type: 'answer', connection: 'eve', revision: 7, answer: '' }),
      stage.command<'renegotiate'>({ type: 'renegotiate', connection: 'eve', offer: eve.offer! }),
      stage.command<'trickle'>({ type: 'trickle', connection: 'eve', fragment: '' }),
      stage.command<'wish'>({ type: 'wish', connection: 'eve', wish: {} }),
      stage.command<'answer'>({ type: 'answer', connection: 'nobody', revision: 1, answer: '' }),
      stage.command<'mute'>({ type: 'mute', connection: 'eve', tracks: [] }),
    ].map((reply) => (reply.ok ? 'ok' : reply.code));
    expect(refusals).toEqual([
      'unacceptable',
      'revision',
      'direction',
      'direction',
      'direction',
      'unknown_connection',
      'direction',
    ]);
    expect(stage.tables()).toEqual(before);
  });

  test('is an answer that is none', () => {
    const { stage, annaPicture } = lab();
    const eve = stage.subscriber('eve', []);
    eve.ask(want(annaPicture));
    const about = { type: 'answer', connection: 'eve', revision: eve.revision } as const;
    expect(stage.command<'answer'>({ ...about, answer: 'hello' })).toMatchObject({ code: 'malformed' });
    expect(stage.command<'answer'>({ ...about, answer: eve.offer! })).toMatchObject({ code: 'unacceptable' });
    eve.answer();
  });
});

describe('a muted track', () => {
  test('is not forwarded until it is unmuted, and others are', () => {
    const { stage, anna, annaPicture, annaSound } = lab();
    const eve = stage.subscriber('eve', want(annaPicture, annaSound));
    stage.do<'mute'>({ type: 'mute', connection: 'anna', tracks: [annaSound] });
    stage.speak(anna.browser, 7, 100, Uint8Array.of(3));
    stage.show(anna.browser, 7, 1);
    stage.do<'mute'>({ type: 'mute', connection: 'anna', tracks: [] });
    stage.speak(anna.browser, 8, 100, Uint8Array.of(4));
    expect(marks(eve.browser)).toEqual([1, 4]);
  });

  test('of a connection that is gone is no error', () => {
    expect(new RouterStage().command<'mute'>({ type: 'mute', connection: 'anna', tracks: ['x'] })).toEqual({
      ok: true,
    });
  });
});
