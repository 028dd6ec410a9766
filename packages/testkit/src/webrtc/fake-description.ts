export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface FakeSection {
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  readonly direction: Direction;
}

/** What a fake description says. It travels as text in the place of SDP. */
export interface FakeDescription {
  readonly type: 'offer' | 'answer';
  readonly ufrag: string;
  readonly sections: readonly FakeSection[];
  /** There is a section for data channels. */
  readonly data: boolean;
}

export function writeSdp({ ufrag, sections, data }: FakeDescription): string {
  return JSON.stringify({ ufrag, sections, data });
}

/** The description as a connection shows it, or null while there is none. */
export function shown(description: FakeDescription | undefined): { type: string; sdp: string } | null {
  return description === undefined ? null : { type: description.type, sdp: writeSdp(description) };
}

/** Throws on anything that `writeSdp` did not write, as a browser does on bad SDP. */
export function readSdp(type: 'offer' | 'answer', sdp: string): FakeDescription {
  try {
    const { ufrag, sections, data = false } = JSON.parse(sdp) as FakeDescription;
    return { type, ufrag, sections, data };
  } catch {
    throw new DOMException('Failed to parse SessionDescription', 'OperationError');
  }
}

const sends = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'sendonly';
const receives = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'recvonly';

function direction(send: boolean, receive: boolean): Direction {
  return send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';
}

export function reversed(value: Direction): Direction {
  return direction(receives(value), sends(value));
}

export function intersection(a: Direction, b: Direction): Direction {
  return direction(sends(a) && sends(b), receives(a) && receives(b));
}

export { sends };
