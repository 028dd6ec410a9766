// What a light member's descriptions say: Opus, VP8 with retransmissions (RFC 4588), of a camera three encodings by SSRC, and
// of what it is sent the numbers of the transport, by which the server estimates the line.

import { writeDescription } from '../../../bench/sfu/descriptions.mjs';

export const PAYLOAD_TYPE = { sound: 111, picture: 96, repeated: 97 };

const TRANSPORT_SEQ = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

const about = (picture, repeated) => [
  `rtpmap:${picture} VP8/90000`,
  ...['nack', 'nack pli', 'ccm fir', 'transport-cc'].map((feedback) => `rtcp-fb:${picture} ${feedback}`),
  `rtpmap:${repeated} rtx/90000`,
  `fmtp:${repeated} apt=${picture}`,
];

/**
 * An offer of `end`, {ip, port, fingerprint, ufrag, pwd}, to send `tracks`, each {mid, isSound, isOn, layers: [{ssrc, rtxSsrc}]}, the smallest layer first.
 */
export function offerOf(end, tracks) {
  const sections = tracks.map(({ mid, isSound, isOn, layers }) => ({
    kind: isSound ? 'audio' : 'video',
    mid,
    direction: isOn ? 'sendonly' : 'inactive',
    formats: isSound ? PAYLOAD_TYPE.sound : `${PAYLOAD_TYPE.picture} ${PAYLOAD_TYPE.repeated}`,
    lines: [
      'rtcp-rsize',
      ...(isSound ? ofSound(PAYLOAD_TYPE.sound) : about(PAYLOAD_TYPE.picture, PAYLOAD_TYPE.repeated)),
      ...(isOn ? sources(mid, layers) : []),
    ],
  }));
  return writeDescription(end, 'actpass', sections);
}

const ofSound = (payloadType) => [
  `rtpmap:${payloadType} opus/48000/2`,
  `fmtp:${payloadType} minptime=10;useinbandfec=1`,
];

function sources(mid, layers) {
  const all = layers.flatMap(({ ssrc, rtxSsrc }) => (rtxSsrc === undefined ? [ssrc] : [ssrc, rtxSsrc]));
  return [
    `msid:member track-${mid}`,
    ...(layers.length > 1 ? [`ssrc-group:SIM ${layers.map(({ ssrc }) => ssrc).join(' ')}`] : []),
    ...layers.flatMap(({ ssrc, rtxSsrc }) => (rtxSsrc === undefined ? [] : [`ssrc-group:FID ${ssrc} ${rtxSsrc}`])),
    ...all.map((ssrc) => `ssrc:${ssrc} cname:member`),
  ];
}

/** The sections of an offer of the server's: {kind, mid, direction, payloadType, rtxType, ssrc, rtxSsrc, transportSeqId}. */
export function readOffer(sdp) {
  const [, ...parts] = sdp.split(/^m=/m);
  return parts.map((part) => {
    const value = (pattern) => new RegExp(pattern, 'm').exec(part)?.[1];
    const number = (pattern) => (value(pattern) === undefined ? undefined : Number(value(pattern)));
    const payloadType = number('^a=rtpmap:(\\d+) (?:VP8|opus)/');
    return {
      kind: value('^(\\w+)'),
      mid: value('^a=mid:(\\S+)'),
      direction: value('^a=(sendonly|inactive)'),
      payloadType,
      rtxType: number(`^a=fmtp:(\\d+) apt=${payloadType}\\b`),
      ssrc: number('^a=ssrc:(\\d+)'),
      rtxSsrc: number('^a=ssrc-group:FID \\d+ (\\d+)'),
      transportSeqId: number(`^a=extmap:(\\d+) ${TRANSPORT_SEQ}`),
    };
  });
}

/** The answer to the sections of an offer: takes all that it sends. */
export function answerTo(end, offered) {
  const sections = offered.map(({ kind, mid, direction, payloadType, rtxType, transportSeqId }) => ({
    kind,
    mid,
    direction: direction === 'sendonly' ? 'recvonly' : 'inactive',
    formats: kind === 'audio' ? payloadType : `${payloadType} ${rtxType}`,
    lines: [
      'rtcp-rsize',
      ...(transportSeqId === undefined ? [] : [`extmap:${transportSeqId} ${TRANSPORT_SEQ}`]),
      ...(kind === 'audio'
        ? [...ofSound(payloadType), `rtcp-fb:${payloadType} transport-cc`]
        : about(payloadType, rtxType)),
    ],
  }));
  return writeDescription(end, 'active', sections);
}
