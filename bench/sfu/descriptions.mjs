// The descriptions that the load's endpoints write and read: audio by Opus, video by VP8, with what a browser would say of
// them, and without header extensions, retransmission streams and bandwidth estimation.

const KINDS = {
  audio: ['rtpmap:111 opus/48000/2', 'fmtp:111 minptime=10;useinbandfec=1'],
  video: ['rtpmap:96 VP8/90000', 'rtcp-fb:96 nack', 'rtcp-fb:96 nack pli', 'rtcp-fb:96 ccm fir'],
};

export const PAYLOAD_TYPE = { audio: 111, video: 96 };

/** An offer or an answer. `sections`: {kind, mid, ssrc?}; those with an SSRC send, if the direction says so. */
export function describe({ sections, direction, setup, ...end }) {
  const own = ({ mid, ssrc }) => (ssrc === undefined ? [] : [`msid:stream track-${mid}`, `ssrc:${ssrc} cname:load`]);
  const described = sections.map((section) => {
    const { kind, mid } = section;
    return { kind, mid, direction, formats: PAYLOAD_TYPE[kind], lines: [...KINDS[kind], ...own(section)] };
  });
  return writeDescription(end, setup, described);
}

/** `end`: {ip, port, fingerprint, ufrag, pwd}; `sections`: {kind, mid, direction, formats, lines}, lines without `a=`. */
export function writeDescription({ ip, port, fingerprint, ufrag, pwd }, setup, sections) {
  const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  lines.push(`a=group:BUNDLE ${sections.map(({ mid }) => mid).join(' ')}`, 'a=msid-semantic: WMS *');
  for (const { kind, mid, direction, formats, lines: own } of sections) {
    lines.push(`m=${kind} ${port} UDP/TLS/RTP/SAVPF ${formats}`, `c=IN IP4 ${ip}`, `a=mid:${mid}`, `a=${direction}`);
    lines.push('a=rtcp-mux', `a=ice-ufrag:${ufrag}`, `a=ice-pwd:${pwd}`, `a=fingerprint:sha-256 ${fingerprint}`);
    lines.push(`a=setup:${setup}`, ...own.map((line) => `a=${line}`));
    lines.push(`a=candidate:1 1 udp 2130706431 ${ip} ${port} typ host`, 'a=end-of-candidates');
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** What the other end says of itself: where it is, its credentials and certificate, its sections. Throws without them. */
export function readEnd(sdp, ip) {
  const value = (name) => {
    const found = new RegExp(`^a=${name}:(.*?)\\r?$`, 'm').exec(sdp);
    if (found === null) throw new Error(`no ${name} in\n${sdp}`);
    return found[1];
  };
  const candidates = [...sdp.matchAll(/^a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/gim)];
  const candidate = candidates.find(([, address]) => address === ip);
  if (candidate === undefined) throw new Error(`no UDP candidate of ${ip} in\n${sdp}`);
  return {
    ufrag: value('ice-ufrag'),
    pwd: value('ice-pwd'),
    fingerprint: value('fingerprint')
      .replace(/^sha-256 /i, '')
      .toUpperCase(),
    setup: value('setup'),
    address: candidate[1],
    port: Number(candidate[2]),
    sections: [...sdp.matchAll(/^m=(\w+) (\d+)[\s\S]*?^a=mid:(\S+)/gm)].map(([, kind, , mid]) => ({ kind, mid })),
  };
}
