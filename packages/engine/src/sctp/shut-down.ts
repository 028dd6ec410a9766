import { readU32, writeU32 } from '../bytes/index.js';
import type { AssociationState, DropReason } from './association-state.js';
import { CHUNK } from './chunk.js';
import { near32 } from './near32.js';
import type { PacketReader } from './packet-reader.js';

/** What may follow once everything has arrived (RFC 9260 §9.2). */
export function goOnShuttingDown(state: AssociationState, now: number): void {
  const { phase, transfer, queue } = state;
  if (transfer === null || !(phase === 'shutdown_pending' || phase === 'shutdown_received')) return;
  if (!transfer.sender.isQuiet || queue.bytes > 0) return;
  if (phase === 'shutdown_received') {
    answerShutdown(state, now);
    return;
  }
  const body = new Uint8Array(4);
  writeU32(body, 0, transfer.receiver.cumulative);
  state.phase = 'shutdown_sent';
  state.repeat({ type: CHUNK.SHUTDOWN, body }, now);
}

/** The other side sends nothing more (RFC 9260 §9.2). */
export function onShutdown(state: AssociationState, reader: PacketReader, now: number): DropReason | null {
  if (state.transfer === null || reader.bodyBytes !== 4) return state.transfer === null ? 'phase' : 'malformed';
  const { sender } = state.transfer;
  const cumulative = near32(sender.firstUnacknowledged, readU32(reader.bytes, reader.bodyAt));
  state.gaps.read(reader.bytes, reader.bodyAt, 0, cumulative);
  sender.acknowledge(cumulative, state.transfer.remote.windowBytes, state.gaps, now);
  if (state.phase === 'established' || state.phase === 'shutdown_pending') state.phase = 'shutdown_received';
  else if (state.phase === 'shutdown_sent') answerShutdown(state, now);
  return null;
}

/** Everything of ours has arrived, too. */
function answerShutdown(state: AssociationState, now: number): void {
  state.phase = 'shutdown_ack_sent';
  state.repeat({ type: CHUNK.SHUTDOWN_ACK }, now);
}

export function onShutdownAck(state: AssociationState, _: PacketReader, now: number): DropReason | null {
  if (state.phase !== 'shutdown_sent' && state.phase !== 'shutdown_ack_sent') return 'phase';
  state.repeat(null, now);
  state.finish('shutdown');
  state.post({ type: CHUNK.SHUTDOWN_COMPLETE });
  return null;
}

export function onShutdownComplete(state: AssociationState): DropReason | null {
  if (state.phase !== 'shutdown_ack_sent') return 'phase';
  state.finish('shutdown');
  return null;
}
