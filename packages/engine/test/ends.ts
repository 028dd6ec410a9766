import { type Capabilities, CODECS, type LocalTransport, OPUS, type SentTrack } from '../src/sdp/index.js';

/** The server's end of a connection in tests of negotiation. */
export const LOCAL: LocalTransport = {
  iceLite: true,
  credentials: { ufrag: 'madangUfrag', pwd: 'madangPasswordOf24Chars0' },
  fingerprint: {
    algorithm: 'sha-256',
    value: new Array<string>(32).fill('A1').join(':'),
  },
  candidates: [
    {
      foundation: '1',
      component: 1,
      transport: 'udp',
      priority: 2_130_706_431,
      address: '127.0.0.1',
      port: 40_000,
      type: 'host',
    },
  ],
  dtlsRole: 'server',
};

export const PUBLISHING: Capabilities = {
  take: 'one',
  codecs: CODECS,
  receives: true,
  dataChannels: true,
  maxBitrateBps: null,
};

export const VIEWING: Capabilities = { ...PUBLISHING, receives: false };

export const SOUND: SentTrack = {
  kind: 'audio',
  trackId: 'sound-of-anna',
  streamId: 'anna',
  cname: 'madang',
  ssrc: 1001,
  rtxSsrc: null,
  codecs: [OPUS],
};

export const PICTURE: SentTrack = {
  kind: 'video',
  trackId: 'picture-of-anna',
  streamId: 'anna',
  cname: 'madang',
  ssrc: 2001,
  rtxSsrc: 2002,
  codecs: CODECS.filter(({ name }) => name === 'VP8'),
};
