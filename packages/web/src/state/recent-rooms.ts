import { createStore } from 'zustand/vanilla';
import { checkRoomName } from '../address/room-name.js';
import { remember, remembered } from './local-store.js';

const KEPT = 6;

const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && checkRoomName(item).ok);

export const recentRooms = createStore<{ rooms: readonly string[] }>(() => ({
  rooms: remembered('recent-rooms', isList) ?? [],
}));

/** Puts the room first; the list keeps the last six, each once. */
export function withRecent(rooms: readonly string[], room: string): readonly string[] {
  return [room, ...rooms.filter((other) => other !== room)].slice(0, KEPT);
}

export function noteRecentRoom(room: string): void {
  keep(withRecent(recentRooms.getState().rooms, room));
}

export function forgetRecentRoom(room: string): void {
  keep(recentRooms.getState().rooms.filter((other) => other !== room));
}

export function forgetRecentRooms(): void {
  keep([]);
}

function keep(rooms: readonly string[]): void {
  recentRooms.setState({ rooms });
  remember('recent-rooms', rooms);
}
