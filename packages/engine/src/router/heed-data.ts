import type { ChannelEvent, DataChannel } from '../sctp/index.js';
import { type DataFrame, FRAME, type Notice, readDataFrame, writeDataFrame } from './data-frame.js';
import type { PublishConnection } from './publish-connection.js';
import type { RouterState } from './router-state.js';

const NOTHING = new Uint8Array(0);
/** Who may only hear may answer one member with so much: that something has come, or is wanted. */
const MOST_ANSWER_BYTES = 1_024;

/** Does what follows from what happened to a member's data channels: what it says goes to the room, stamped with its id. */
export function heedData(connection: PublishConnection, event: ChannelEvent, state: RouterState, now: number): void {
  const { lanes, peer } = connection;
  switch (event.type) {
    case 'open':
      if (lanes.add(event.channel)) return;
      state.data.refusedLanes++;
      state.peers.data.close(peer, event.channel);
      return;
    case 'closed':
      lanes.remove(event.channel);
      return;
    case 'message':
      say(connection, event, state, now);
      return;
    case 'drained':
      for (const [label, senders] of lanes.release()) {
        for (const sender of senders) tell(sender, label, FRAME.ROOM, connection.member, state, now);
      }
  }
}

/** A message of a member. One that is none, or that it may not say, closes the channel that it came on. */
function say(
  from: PublishConnection,
  { channel, isText, bytes }: Extract<ChannelEvent, { type: 'message' }>,
  state: RouterState,
  now: number,
): void {
  const frame = isText ? null : readDataFrame(bytes);
  if (frame === null || !maySay(from, frame)) {
    state.data.refused++;
    from.lanes.remove(channel);
    state.peers.data.close(from.peer, channel);
    return;
  }
  state.data.said++;
  state.data.saidBytes += bytes.length;
  const { label } = channel.form;
  const stamped = writeDataFrame(frame.type, from.member, frame.payload);
  let isHeard = false;
  for (const receiver of from.room.publishers) {
    if (receiver === from || !isMeant(receiver, from, frame)) continue;
    const lane = receiver.lanes.lane(label);
    if (lane === undefined) continue;
    isHeard = true;
    pass(from, receiver, lane, stamped, state, now);
  }
  if (!isHeard && frame.to !== '') tell(from, label, FRAME.NOBODY, frame.to, state, now);
}

function maySay({ lanes }: PublishConnection, { to, payload }: DataFrame): boolean {
  return lanes.maySay || (to !== '' && payload.length <= MOST_ANSWER_BYTES);
}

/** A member does not hear itself, not on another connection either. */
function isMeant(receiver: PublishConnection, from: PublishConnection, { to }: DataFrame): boolean {
  return receiver.member !== from.member && (to === '' || receiver.member === to);
}

/**
 * To one receiver. One that reads too slowly has a full queue: what comes then is thrown away, and its sender is told, and told
 * again when there is room; nobody else waits for it. On a lane that may lose messages it is lost, and that is all.
 */
function pass(
  from: PublishConnection,
  receiver: PublishConnection,
  lane: DataChannel,
  stamped: Uint8Array,
  state: RouterState,
  now: number,
): void {
  const { label, maxRetransmits, maxLifetimeMs } = lane.form;
  const result = receiver.lanes.isWaiting(label, from)
    ? 'waiting'
    : state.peers.data.send(receiver.peer, lane, stamped, false, now);
  if (result === 'sent') {
    state.data.passed++;
    state.data.passedBytes += stamped.length;
    return;
  }
  state.data.unheard[result === 'waiting' ? 'full' : result]++;
  if (result === 'too_long') tell(from, label, FRAME.TOO_LONG, receiver.member, state, now);
  if (result !== 'full' || maxRetransmits !== null || maxLifetimeMs !== null) return;
  receiver.lanes.wait(label, from);
  tell(from, label, FRAME.FULL, receiver.member, state, now);
}

/** Tells a sender what became of what it said. */
function tell(
  to: PublishConnection,
  label: string,
  notice: Notice,
  about: string,
  state: RouterState,
  now: number,
): void {
  const lane = to.lanes.lane(label);
  if (lane !== undefined) state.peers.data.notify(to.peer, lane, writeDataFrame(notice, about, NOTHING), now);
}
