import type { RoomEvent } from '@madang/protocol';
import type { CallRecord } from '../record/index.js';
import { leaveReason, memberChanges, type RoomView } from './room-view.js';

/** Notes what became of the members between two views of a room, and who one is oneself. */
export function recordMembers(record: CallRecord, view: RoomView, before?: RoomView, event?: RoomEvent): void {
  const self = view.members.find(({ id }) => id === view.selfId);
  const known = before?.members.find(({ id }) => id === before.selfId);
  if (self !== undefined && (known?.id !== self.id || known.role !== self.role)) {
    record.add({ type: 'self', id: self.id, role: self.role });
  }
  const { left, changed, joined } = memberChanges(before?.members ?? [], view.members);
  for (const { id } of left) record.add({ type: 'member-left', id, reason: leaveReason(event, id) });
  for (const { id, name, role, media, connected, dialect } of [...changed, ...joined]) {
    record.add({ type: 'member', id, name, role, media, connected, dialect });
  }
}
