import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptAnswer,
  answerOffer,
  CODECS,
  type Negotiation,
  offerTracks,
  type SentTrack,
  type SessionDescription,
  writeDescription,
} from '../src/sdp/index.js';
import { LOCAL, PICTURE, PUBLISHING, SOUND } from './ends.js';
import { described } from './recorded-offer.js';

const VIEWER = { ...LOCAL, iceLite: false, dtlsRole: 'client' } as const;

/** A server that offers and a viewer who answers, each with its own half of the connection, over text. */
class Subscription {
  server: Negotiation | null = null;
  viewer: Negotiation | null = null;
  offer: SessionDescription | null = null;
  readonly mediaOnly: string | null;

  /** `mediaOnly`: the one kind that the viewer takes. */
  constructor(mediaOnly: string | null = null) {
    this.mediaOnly = mediaOnly;
  }

  subscribe(tracks: readonly SentTrack[], options: { restartIce?: boolean; dataChannels?: boolean } = {}): string[] {
    const local = options.restartIce
      ? { ...LOCAL, credentials: { ufrag: 'again', pwd: 'againPasswordOf24Chars00' } }
      : LOCAL;
    const { restartIce = false, dataChannels = false } = options;
    const request = { codecs: CODECS, local, tracks, dataChannels, restartIce, state: this.server, sessionId: '1' };
    const { offer, pending } = offerTracks(request);
    this.offer = offer;
    const codecs = CODECS.filter(({ kind }) => this.mediaOnly === null || kind === this.mediaOnly);
    const answered = answerOffer({
      offer: described(writeDescription(offer)),
      capabilities: { ...PUBLISHING, codecs },
      local: options.restartIce
        ? { ...VIEWER, credentials: { ufrag: 'anew', pwd: 'anewPasswordOf24Chars000' } }
        : VIEWER,
      tracks: [],
      state: this.viewer,
      sessionId: '2',
    });
    if ('refused' in answered) throw new Error(answered.refused);
    this.viewer = answered.state;
    const accepted = acceptAnswer(pending, described(writeDescription(answered.answer)), this.server);
    if ('refused' in accepted) throw new Error(accepted.refused);
    this.server = accepted.state;
    return accepted.changes.map((change) =>
      'section' in change ? `${change.type} ${change.section.mid}` : change.type,
    );
  }

  /** The ids of the tracks that arrive, as the server and as the viewer see it. */
  arriving(): { server: (string | undefined)[]; viewer: (string | null | undefined)[] } {
    const server = this.server?.sections.filter(
      (section) => section.type === 'media' && section.direction === 'sendonly',
    );
    const viewer = this.viewer?.sections.filter(
      (section) => section.type === 'media' && section.direction === 'recvonly',
    );
    return {
      server: (server ?? []).map((section) => (section.type === 'media' ? section.sent?.trackId : undefined)),
      viewer: (viewer ?? []).map((section) => (section.type === 'media' ? section.msid?.track : undefined)),
    };
  }
}

describe('a subscribing connection', () => {
  test('brings tracks with their codec, RTX and SSRCs, and a data channel', () => {
    const subscription = new Subscription();
    expect(subscription.subscribe([SOUND, PICTURE], { dataChannels: true })).toEqual([
      'connect',
      'send 0',
      'send 1',
      'open-data 2',
    ]);
    const [sound, picture] = subscription.viewer?.sections ?? [];
    expect(sound).toMatchObject({ streams: [{ ssrc: 1001, rtxSsrc: null }], codecs: [{ name: 'opus' }] });
    expect(picture).toMatchObject({ streams: [{ ssrc: 2001, rtxSsrc: 2002 }], codecs: [{ name: 'VP8' }] });
    expect(subscription.server?.dtlsRole).toBe('server');
    expect(subscription.viewer?.dtlsRole).toBe('client');
  });

  test('a track that is gone leaves its section to the next of its kind', () => {
    const subscription = new Subscription();
    subscription.subscribe([SOUND, PICTURE]);
    expect(subscription.subscribe([SOUND])).toEqual(['stop-sending']);
    expect(
      subscription.subscribe([SOUND, { ...PICTURE, trackId: 'picture-of-ben', ssrc: 3001, rtxSsrc: 3002 }]),
    ).toEqual(['send 1']);
    expect(subscription.offer?.sections).toHaveLength(2);
    expect(subscription.arriving().viewer).toEqual(['sound-of-anna', 'picture-of-ben']);
  });

  test('a section that the viewer rejects is closed, and goes to the next track under a new mid', () => {
    const subscription = new Subscription('audio');
    expect(subscription.subscribe([SOUND, PICTURE])).toEqual(['connect', 'send 0']);
    expect(subscription.server?.sections[1]).toMatchObject({ type: 'closed', reason: 'closed' });
    subscription.subscribe([SOUND, { ...SOUND, trackId: 'second', ssrc: 5 }]);
    expect(subscription.offer?.bundle).toEqual(['0', '2']);
  });

  test('ICE is restarted with new credentials on both sides', () => {
    const subscription = new Subscription();
    subscription.subscribe([SOUND]);
    expect(subscription.subscribe([SOUND], { restartIce: true })).toEqual(['restart-ice']);
    expect([subscription.server?.local.ufrag, subscription.server?.remote.credentials.ufrag]).toEqual([
      'again',
      'anew',
    ]);
  });

  test('an answer with other sections, or that leaves the DTLS role open, is refused', () => {
    const request = { codecs: CODECS, local: LOCAL, tracks: [SOUND], dataChannels: false, restartIce: false };
    const { offer, pending } = offerTracks({ ...request, state: null, sessionId: '1' });
    const text = writeDescription(offer);
    expect(acceptAnswer(pending, described(text), null)).toEqual({ refused: 'setup' });
    const answer = text.replace('actpass', 'active');
    const other = answer.replace('BUNDLE 0', 'BUNDLE 9').replace('mid:0', 'mid:9');
    expect(acceptAnswer(pending, described(other), null)).toEqual({ refused: 'sections_changed' });
    expect(acceptAnswer(pending, described(answer.replace('sendonly', 'recvonly')), null)).not.toHaveProperty(
      'refused',
    );
  });

  test.each(['NaN', 'sound', '1e99', '-7'])(
    'a section that is closed as %s is not what the next ones are named after',
    (mid) => {
      const request = { codecs: CODECS, local: LOCAL, dataChannels: false, restartIce: false, sessionId: '1' };
      const first = offerTracks({ ...request, tracks: [SOUND, PICTURE], state: null });
      const text = writeDescription(first.offer).replaceAll('actpass', 'active').replace('BUNDLE 0 1', 'BUNDLE 1');
      const closing = text.replace(/m=audio 9 \S+ (\d+)/, 'm=audio 0 RTP/OTHER NaN').replace('a=mid:0', `a=mid:${mid}`);
      const accepted = acceptAnswer(first.pending, described(closing), null);
      if ('refused' in accepted) return expect.unreachable();
      const tracks = [PICTURE, SOUND, { ...SOUND, trackId: 'another', ssrc: 77 }];
      const { offer } = offerTracks({ ...request, tracks, state: accepted.state });
      expect(offer.sections.map((section) => section.mid)).toEqual(['2', '1', '3']);
      const without = offerTracks({ ...request, tracks: [PICTURE], state: accepted.state });
      expect(writeDescription(without.offer)).toMatch(/m=audio 0 UDP\/TLS\/RTP\/SAVPF \d+\r/);
    },
  );

  test('mids of an offer that came before, which may be words, are not counted on from', () => {
    const words = {
      type: 'closed',
      mid: 'audio',
      kind: 'audio',
      protocol: 'x',
      formats: [],
      reason: 'closed',
    } as const;
    const remote = { credentials: LOCAL.credentials, fingerprints: [], iceLite: false };
    const state = { sessionId: '1', version: 1, local: LOCAL.credentials, remote, dtlsRole: 'server' } as const;
    const request = { codecs: CODECS, local: LOCAL, dataChannels: true, restartIce: false, sessionId: '1' };
    const { offer } = offerTracks({ ...request, tracks: [SOUND], state: { ...state, sections: [words] } });
    expect(offer.sections.map(({ mid }) => mid)).toEqual(['0', '1']);
  });

  test('any history of subscriptions brings exactly the tracks that are wanted', () => {
    const track = fc.record({ id: fc.nat(7), kind: fc.constantFrom<'audio' | 'video'>('audio', 'video') });
    const wishes = fc.uniqueArray(track, { selector: ({ id, kind }) => `${kind} ${id}`, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(wishes, { minLength: 1, maxLength: 10 }), (history) => {
        const subscription = new Subscription();
        const used = new Set<string>();
        for (const wanted of [[{ id: 9, kind: 'audio' as const }], ...history]) {
          const tracks = wanted.map(({ id, kind }): SentTrack => {
            const like = kind === 'audio' ? SOUND : PICTURE;
            return { ...like, trackId: `${kind}-${id}`, ssrc: 100 * (id + 1) + (kind === 'audio' ? 0 : 1) };
          });
          subscription.subscribe(tracks);
          const { server, viewer } = subscription.arriving();
          expect(server.toSorted()).toEqual(tracks.map(({ trackId }) => trackId).toSorted());
          expect(viewer).toEqual(server);
          const mids = subscription.offer!.sections.map(({ mid }) => mid);
          expect(new Set(mids).size).toBe(mids.length);
          for (const { trackId } of tracks) used.add(trackId);
        }
        expect(subscription.offer!.sections.length).toBeLessThanOrEqual(1 + 8 * 2);
      }),
      { numRuns: 60 },
    );
  });
});

describe('kinds that are reserved', () => {
  const request = { codecs: CODECS, local: LOCAL, dataChannels: false, restartIce: false, sessionId: '1' };

  test('have an inactive section from the first offer on, which the first track of the kind takes', () => {
    const first = offerTracks({ ...request, tracks: [SOUND], reserved: ['audio', 'video'], state: null });
    expect(first.offer.sections.map(({ kind, direction }) => `${kind} ${direction}`)).toEqual([
      'audio sendonly',
      'video inactive',
    ]);
    const next = offerTracks({
      ...request,
      tracks: [SOUND, PICTURE],
      reserved: ['audio', 'video'],
      state: null,
      replaces: first.pending,
    });
    expect(next.offer.sections.map(({ mid, direction }) => `${mid} ${direction}`)).toEqual([
      '0 sendonly',
      '1 sendonly',
    ]);
    expect(next.pending).toMatchObject({ sessionId: '1', version: 2, local: first.pending.local });
  });

  test('an offer in the place of another keeps its sections, though their tracks are wanted no more', () => {
    const first = offerTracks({ ...request, tracks: [SOUND, PICTURE], state: null });
    const next = offerTracks({ ...request, tracks: [], state: null, replaces: first.pending });
    expect(next.offer.sections.map(({ mid, direction }) => `${mid} ${direction}`)).toEqual([
      '0 inactive',
      '1 inactive',
    ]);
  });
});

describe('the text of our offers', () => {
  const subscription = new Subscription();
  const another = { ...PICTURE, trackId: 'picture-of-ben', streamId: 'ben', ssrc: 3001, rtxSsrc: 3002 };

  test.each([
    ['first', [SOUND, PICTURE], {}],
    ['one-less', [SOUND], {}],
    ['section-reused', [SOUND, another], {}],
    ['ice-restart', [SOUND, another], { restartIce: true }],
  ] as const)('is as it was: %s', async (name, tracks, options) => {
    subscription.subscribe(tracks, options);
    await expect(writeDescription(subscription.offer!)).toMatchFileSnapshot(`./own-offers/${name}.txt`);
  });
});
