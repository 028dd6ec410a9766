import { Room } from '@madang/client';
import type { Invitation } from './invitation.js';
import type { Happening } from './room-lines.js';
import { type SocketTrust, socketOpener } from './socket-opener.js';

export interface TextMemberOptions extends Invitation, SocketTrust {
  readonly name: string;
  readonly tell: (happening: Happening) => void;
}

const PATIENCE_MS = 8_000;

/** Joins a room without any media. Refuses with a `MadangError`. Its events go to `tell` from the join on. */
export async function joinAsText(options: TextMemberOptions): Promise<Room> {
  const room = new Room({ url: options.url, io: socketOpener(options), connectTimeoutMs: PATIENCE_MS });
  await room.connect({ room: options.room, name: options.name });
  const others = room.members.filter(({ isSelf }) => !isSelf);
  options.tell({
    type: 'joined',
    room: room.info?.name ?? options.room,
    self: room.self?.id ?? '',
    members: others.map(({ name }) => name),
  });
  for (const message of room.chat) options.tell({ type: 'chat', ...withoutTime(message) });
  tellEvents(room, options.tell);
  return room;
}

function tellEvents(room: Room, tell: TextMemberOptions['tell']): void {
  room.on('memberJoined', ({ id, name }) => tell({ type: 'member-joined', id, name }));
  room.on('memberLeft', ({ id, name }, reason) => tell({ type: 'member-left', id, name, reason }));
  room.on('chat', (message) => tell({ type: 'chat', ...withoutTime(message) }));
  room.on('stateChanged', (state) => {
    if (state === 'reconnecting' || state === 'connected') tell({ type: 'state', state });
  });
  room.on('draining', (withinMs) => tell({ type: 'draining', withinMs }));
  room.on('ended', ({ reason, note }) => tell({ type: 'ended', reason, note }));
}

function withoutTime({ id, from, name, text }: { id: number; from: string; name: string; text: string }) {
  return { id, from, name, text };
}
