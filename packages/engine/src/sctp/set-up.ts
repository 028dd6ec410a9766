import { writeU32 } from '../bytes/index.js';
import type { AssociationState, DropReason } from './association-state.js';
import { CAUSE, CHUNK, PARAMETER } from './chunk.js';
import { type Introduction, readIntroduction, writeIntroduction } from './init-chunk.js';
import type { PacketReader } from './packet-reader.js';
import { type Parameter, writeParameters } from './parameters.js';

/** Says hello (RFC 9260 §5.1 A). */
export function sendInit(state: AssociationState, now: number): void {
  state.phase = 'cookie_wait';
  state.repeat({ type: CHUNK.INIT, tag: 0, body: writeIntroduction(state.own) }, now);
}

/**
 * Answers with a cookie and keeps nothing (RFC 9260 §5.1 B). Our tag and TSN are the same in all phases: over one DTLS
 * connection there is one association, so an INIT that comes when it stands is one of the same other side that was late
 * (§5.2.1, §5.2.2), and no new beginning.
 */
export function onInit(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  const read = readIntroduction(reader.bytes, reader.bodyAt, reader.bodyEnd);
  if (read === null) return 'malformed';
  if (state.transfer !== null && state.transfer.remote.tag !== read.introduction.tag) return 'phase';
  const parameters: Parameter[] = [
    { type: PARAMETER.STATE_COOKIE, value: state.cookies.make(read.introduction, now) },
    ...read.unrecognized.slice(0, 4).map((unknown) => ({
      type: PARAMETER.UNRECOGNIZED,
      value: writeParameters([unknown]),
    })),
  ];
  const body = writeIntroduction(state.own, parameters);
  state.post({ type: CHUNK.INIT_ACK, tag: read.introduction.tag, body });
  return null;
}

/** Sends the cookie back (§5.1 C). */
export function onInitAck(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  if (state.phase !== 'cookie_wait') return 'phase';
  const read = readIntroduction(reader.bytes, reader.bodyAt, reader.bodyEnd);
  if (read === null || read.cookie === null || read.cookie.length > 1_024) return 'malformed';
  state.remote = read.introduction;
  state.phase = 'cookie_echoed';
  state.repeat({ type: CHUNK.COOKIE_ECHO, body: read.cookie.slice() }, now);
  return null;
}

/** Sets the association up by its own cookie (§5.1 D, §5.2.4 B and D). */
export function onCookieEcho(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  const opened = state.cookies.open(reader.bytes.slice(reader.bodyAt, reader.bodyEnd), now);
  if (opened.type === 'bad') return 'cookie';
  if (opened.type === 'stale') {
    if (state.remote !== null) state.post({ type: CHUNK.ERROR, body: staleness() });
    return 'cookie';
  }
  if (state.transfer === null) state.establish(opened.remote, now);
  else if (!isSame(state.transfer.remote, opened.remote)) return 'phase';
  state.post({ type: CHUNK.COOKIE_ACK });
  return null;
}

/** §5.1 E. */
export function onCookieAck(state: AssociationState, _: PacketReader, now: number): DropReason | null {
  if (state.phase !== 'cookie_echoed') return 'phase';
  state.establish(state.remote!, now);
  return null;
}

/** Of errors only one is of use: with a new cookie it may go on (§5.2.6). */
export function onError(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  const isStale = reader.bodyBytes >= 4 && reader.bytes[reader.bodyAt + 1] === CAUSE.STALE_COOKIE;
  if (isStale && state.phase === 'cookie_echoed') sendInit(state, now);
  return null;
}

function isSame(a: Introduction, b: Introduction): boolean {
  return a.tag === b.tag && a.tsn === b.tsn;
}

function staleness(): Uint8Array {
  const value = new Uint8Array(4);
  writeU32(value, 0, 0);
  return writeParameters([{ type: CAUSE.STALE_COOKIE, value }]);
}
