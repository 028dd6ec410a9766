import { readU16, readU32 } from '../../src/bytes/index.js';
import type { FakeBrowser } from '../peer/fake-browser.js';
import type { FakeSubscriber } from './fake-subscriber.js';

export const ROOMS = ['lab', 'hall'];
export const MEMBERS = ['anna', 'ben', 'cleo', 'dora'];

/** One connection of a history. */
export interface Guest {
  readonly id: string;
  readonly type: 'publish' | 'view' | 'subscribe';
  readonly room: string;
  readonly browser: FakeBrowser;
  offer: string;
  answer: string;
  seq16: number;
  isSecond: boolean;
  /** Who asks for tracks; null for the others. */
  readonly subscriber: FakeSubscriber | null;
}

/** Whether nothing comes from it any more. */
export function isGone({ ports }: FakeBrowser): boolean {
  return ports.length === 0;
}

/** Throws when something came of another room, or a number twice. */
export function checkSeen({ rtp }: FakeBrowser, room: string): void {
  const numbers = new Set(rtp.map((packet) => `${readU32(packet, 8)} ${readU16(packet, 2)}`));
  if (numbers.size !== rtp.length) throw new Error('a number was used twice');
  const isStrange = rtp.some((packet) => (packet[0]! & 0x20) === 0 && packet.at(-1) !== ROOMS.indexOf(room));
  if (isStrange) throw new Error(`something of another room came to one in ${room}`);
}
