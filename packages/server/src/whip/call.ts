import type { MediaPort, RoomPort } from '@madang/engine';
import type { IceServer } from '@madang/protocol';
import type { Caller } from '../auth/index.js';
import type { DoorPlace } from './door-place.js';
import type { Sessions } from './sessions.js';

/** What answers a request besides the request itself. */
export interface Workings {
  readonly rooms: RoomPort;
  readonly media: MediaPort;
  readonly sessions: Sessions;
  readonly basePath: string;
  /** Sessions that one group of addresses may have. */
  readonly maxSessionsPerAddress: number;
  iceServersFor(member: string, host: string): { readonly iceServers: readonly IceServer[] };
  wallMs(): number;
}

/** One request that has passed the door. */
export interface Call {
  readonly request: Request;
  readonly query: URLSearchParams;
  readonly caller: Caller;
  readonly place: DoorPlace & { readonly room: string };
  /** Whose token it came with; null where the door is open. */
  readonly holder: string | null;
}
