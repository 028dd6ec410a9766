export * from './batch-table.js';
export type { Random } from './random.js';
export type {
  CommandOf,
  CommandResults,
  CommandType,
  Delivery,
  LinkId,
  LinkMessage,
  MemberEvent,
  MemberId,
  RoomCommand,
  RoomPort,
  RoomReply,
} from './room-port.js';
