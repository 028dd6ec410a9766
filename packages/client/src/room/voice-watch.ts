import type { Member } from './member.js';
import type { RoomSettings } from './room-options.js';

export class VoiceWatch {
  constructor(_settings: RoomSettings, _changed: (member: Member) => void) {}
  start(_members: () => readonly Member[]): () => void {
    return () => {};
  }
}
