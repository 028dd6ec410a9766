import { readU16, readU32 } from '../bytes/index.js';
import type { AssociationState, DropReason, Phase } from './association-state.js';
import { CAUSE, CHUNK, PARAMETER, REFLECTED_TAG } from './chunk.js';
import { near32 } from './near32.js';
import type { PacketReader } from './packet-reader.js';
import { readParameters, writeParameters } from './parameters.js';
import { onCookieAck, onCookieEcho, onError, onInit, onInitAck } from './set-up.js';
import { onShutdown, onShutdownAck, onShutdownComplete } from './shut-down.js';

/** Takes the chunk that the reader stands at; gives why it was passed over, or null. */
export type ChunkHandler = (state: AssociationState, reader: PacketReader, now: number) => DropReason | null;

const RECEIVES: ReadonlySet<Phase> = new Set(['established', 'shutdown_pending', 'shutdown_sent']);

function onData(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  if (state.transfer === null || !RECEIVES.has(state.phase)) return 'phase';
  const { receiver, resets } = state.transfer;
  const outcome = receiver.receive(reader, now);
  resets.advance();
  switch (outcome) {
    case 'taken':
      return null;
    case 'no_data':
      state.violated(CAUSE.NO_USER_DATA, now);
      return 'malformed';
    case 'parts':
    case 'too_long':
      state.violated(CAUSE.PROTOCOL_VIOLATION, now);
      return 'malformed';
    case 'no_memory':
      state.violated(CAUSE.OUT_OF_RESOURCE, now);
      return 'left';
    case 'no_stream': {
      const value = reader.bytes.slice(reader.bodyAt + 4, reader.bodyAt + 8).fill(0, 2);
      state.post({ type: CHUNK.ERROR, body: writeParameters([{ type: CAUSE.INVALID_STREAM, value }]) });
      return outcome;
    }
    default:
      return outcome;
  }
}

/** RFC 9260 §3.3.4: TSN, window, counts of blocks and of repeated TSNs, and those. */
function onSack(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  if (state.transfer === null) return 'phase';
  const { bytes, bodyAt, bodyBytes } = reader;
  if (bodyBytes < 12) return 'malformed';
  const [blocks, repeated] = [readU16(bytes, bodyAt + 8), readU16(bytes, bodyAt + 10)];
  if (bodyBytes !== 12 + 4 * (blocks + repeated)) return 'malformed';
  const { sender } = state.transfer;
  const cumulative = near32(sender.firstUnacknowledged, readU32(bytes, bodyAt));
  if (!state.gaps.read(bytes, bodyAt + 12, blocks, cumulative)) return 'malformed';
  if (sender.acknowledge(cumulative, readU32(bytes, bodyAt + 4), state.gaps, now)) return null;
  state.violated(CAUSE.PROTOCOL_VIOLATION, now);
  return 'malformed';
}

/** It comes back as it was, as long as it fits into a packet of ours. */
function onHeartbeat(state: AssociationState, reader: PacketReader): DropReason | null {
  if (state.transfer === null) return 'phase';
  if (reader.bodyBytes > 1_024) return 'malformed';
  state.post({ type: CHUNK.HEARTBEAT_ACK, body: reader.bytes.slice(reader.bodyAt, reader.bodyEnd) });
  return null;
}

function onHeartbeatAck(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  const parameters = readParameters(reader.bytes, reader.bodyAt, reader.bodyEnd);
  const info = parameters?.find(({ type }) => type === PARAMETER.HEARTBEAT_INFO);
  if (info === undefined) return 'malformed';
  const tookMs = state.heartbeat.answered(info.value, now);
  if (tookMs < 0 || state.transfer === null) return 'phase';
  state.rto.measured(tookMs);
  state.transfer.sender.timeouts = 0;
  return null;
}

function onAbort(state: AssociationState): DropReason | null {
  state.finish('aborted');
  return null;
}

function onForwardTsn(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  if (state.transfer === null || !RECEIVES.has(state.phase)) return 'phase';
  const isRead = state.transfer.receiver.forward(reader, now);
  state.transfer.resets.advance();
  return isRead ? null : 'malformed';
}

function onReConfig(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  if (state.transfer === null || !RECEIVES.has(state.phase)) return 'phase';
  const parameters = readParameters(reader.bytes, reader.bodyAt, reader.bodyEnd);
  return parameters !== null && state.transfer.resets.receive(parameters, now) ? null : 'malformed';
}

/** By chunk type. */
export const CHUNK_HANDLERS: Readonly<Record<number, ChunkHandler>> = {
  [CHUNK.DATA]: onData,
  [CHUNK.INIT]: onInit,
  [CHUNK.INIT_ACK]: onInitAck,
  [CHUNK.SACK]: onSack,
  [CHUNK.HEARTBEAT]: onHeartbeat,
  [CHUNK.HEARTBEAT_ACK]: onHeartbeatAck,
  [CHUNK.ABORT]: onAbort,
  [CHUNK.SHUTDOWN]: onShutdown,
  [CHUNK.SHUTDOWN_ACK]: onShutdownAck,
  [CHUNK.ERROR]: onError,
  [CHUNK.COOKIE_ECHO]: onCookieEcho,
  [CHUNK.COOKIE_ACK]: onCookieAck,
  [CHUNK.SHUTDOWN_COMPLETE]: onShutdownComplete,
  [CHUNK.RE_CONFIG]: onReConfig,
  [CHUNK.FORWARD_TSN]: onForwardTsn,
};

/** Whether the packet's tag is the one that its first chunk has to come with (RFC 9260 §8.5). */
export function isTagRight(state: AssociationState, reader: PacketReader, firstType: number, flags: number): boolean {
  if (firstType === CHUNK.INIT) return reader.tag === 0 && reader.chunks === 1;
  const reflects = firstType === CHUNK.ABORT || firstType === CHUNK.SHUTDOWN_COMPLETE;
  if (reflects && (flags & REFLECTED_TAG) !== 0) return state.remote !== null && reader.tag === state.remote.tag;
  return reader.tag === state.own.tag;
}

/** A chunk that nobody knows: whether the rest of the packet is read, and whether its sender is told (RFC 9260 §3.2). */
export function onUnknownChunk(state: AssociationState, reader: PacketReader): 'skip' | 'stop' {
  const tells = (reader.type & 0x40) !== 0;
  if (tells && state.transfer !== null && reader.bodyBytes <= 256) {
    const value = reader.bytes.slice(reader.bodyAt - 4, reader.bodyEnd);
    state.post({ type: CHUNK.ERROR, body: writeParameters([{ type: CAUSE.UNRECOGNIZED_CHUNK, value }]) });
  }
  return (reader.type & 0x80) !== 0 ? 'skip' : 'stop';
}
