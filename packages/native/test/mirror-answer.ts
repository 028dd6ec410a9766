/** What an answer says of the end that makes it: ICE-lite on a port of the loopback. */
export interface MirrorEnd {
  readonly ufrag: string;
  readonly password: string;
  readonly fingerprint: string;
  readonly role: 'client' | 'server';
  readonly port: number;
  readonly ssrc: number;
}

const KEPT = /^(m=|c=|a=(mid|rtpmap|rtcp-fb|extmap|rtcp-mux|sctp-port|max-message-size)\b)/;

/** Takes every section of an offer in both directions, with the offer's own payload types and header extensions. */
export function mirrorAnswer(offer: string, end: MirrorEnd): string {
  const [session, ...sections] = offer.trim().split(/\r?\n(?=m=)/);
  const group = /^a=group:.*$/m.exec(session!)![0];
  const head = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', group.trim(), 'a=ice-lite'];
  const answered = sections.map((section) => {
    const isMedia = section.startsWith('m=video') || section.startsWith('m=audio');
    const lines = section.split(/\r?\n/).filter((line) => KEPT.test(line));
    return [...lines, ...transportLines(end), ...(isMedia ? mediaLines(end) : [])];
  });
  return [head, ...answered].flat().join('\r\n').concat('\r\n');
}

function transportLines({ ufrag, password, fingerprint, role, port }: MirrorEnd): string[] {
  return [
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${password}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=setup:${role === 'client' ? 'active' : 'passive'}`,
    `a=candidate:1 1 udp 2130706431 127.0.0.1 ${port} typ host`,
    'a=end-of-candidates',
  ];
}

function mediaLines({ ssrc }: MirrorEnd): string[] {
  return ['a=sendrecv', 'a=msid:mirror mirror', `a=ssrc:${ssrc} cname:mirror`];
}
