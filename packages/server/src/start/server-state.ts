import type { TurnService } from '../media/index.js';
import type { OpenPorts } from './reachable-urls.js';

/** What is true of the server at this moment, for those who answer requests. */
export interface ServerState {
  draining: boolean;
  ports: OpenPorts;
  /** Null when there is none. */
  turn: TurnService | null;
}
