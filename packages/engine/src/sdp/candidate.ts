/** One ICE candidate (RFC 8839 §5.1; TCP: RFC 6544 §4.5). Addresses are as written: also names, which nobody resolves. */
export interface Candidate {
  readonly foundation: string;
  /** 1 for RTP and, multiplexed, RTCP. */
  readonly component: number;
  readonly transport: 'udp' | 'tcp';
  readonly priority: number;
  readonly address: string;
  readonly port: number;
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly tcpType?: 'active' | 'passive' | 'so';
  readonly related?: { readonly address: string; readonly port: number };
  /** The credentials it belongs to, where it says so (RFC 8840 §4). */
  readonly ufrag?: string;
}

const HEAD =
  /^(?:a=)?candidate:([A-Za-z0-9+/]{1,32}) (\d{1,3}) (\S{1,8}) (\d{1,10}) ([0-9A-Za-z.:%_-]{1,255}) (\d{1,5}) typ (\S{1,8})(?: |$)/;

/** Reads `candidate:…`, with or without `a=`. Null when it is malformed, or of a kind that WebRTC does not know. */
export function readCandidate(text: string): Candidate | null {
  const head = HEAD.exec(text);
  if (head === null) return null;
  const [whole, foundation, component, transport, priority, address, port, type] = head as unknown as string[];
  const protocol = transport!.toLowerCase();
  if (protocol !== 'udp' && protocol !== 'tcp') return null;
  if (Number(priority) > 0xffff_ffff || Number(port) > 65_535 || Number(component) > 256) return null;
  if (type !== 'host' && type !== 'srflx' && type !== 'prflx' && type !== 'relay') return null;
  const more = extensionsOf(text.slice(whole!.length));
  const tcpType = more.get('tcptype');
  if (protocol === 'tcp' && !isTcpType(tcpType)) return null;
  const related = more.get('raddr');
  const ufrag = more.get('ufrag');
  return {
    foundation: foundation!,
    component: Number(component),
    transport: protocol,
    priority: Number(priority),
    address: address!,
    port: Number(port),
    type,
    ...(protocol === 'tcp' && isTcpType(tcpType) ? { tcpType } : {}),
    ...(related === undefined ? {} : { related: { address: related, port: portOf(more.get('rport')) } }),
    ...(ufrag === undefined ? {} : { ufrag }),
  };
}

/** `candidate:…`, without `a=`. */
export function writeCandidate(candidate: Candidate): string {
  const { foundation, component, transport, priority, address, port, type, tcpType, related, ufrag } = candidate;
  const parts = [`candidate:${foundation} ${component} ${transport} ${priority} ${address} ${port} typ ${type}`];
  if (related !== undefined) parts.push(`raddr ${related.address} rport ${related.port}`);
  if (tcpType !== undefined) parts.push(`tcptype ${tcpType}`);
  if (ufrag !== undefined) parts.push(`ufrag ${ufrag}`);
  return parts.join(' ');
}

/** Pairs of name and value; the first of a name counts. */
function extensionsOf(text: string): Map<string, string> {
  const words = text.split(' ', 32);
  const pairs = new Map<string, string>();
  for (let ix = 0; ix + 1 < words.length; ix += 2) {
    if (!pairs.has(words[ix]!)) pairs.set(words[ix]!, words[ix + 1]!);
  }
  return pairs;
}

function isTcpType(text: string | undefined): text is 'active' | 'passive' | 'so' {
  return text === 'active' || text === 'passive' || text === 'so';
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : 0;
}
