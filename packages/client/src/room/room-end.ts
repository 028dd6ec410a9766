import type { MadangError } from '../madang-error.js';
import type { RoomEnd } from './room-events.js';

/**
 * How a room ends whose connection was refused for good. One who was away when it was kicked, or the room closed, learns
 * of it so; what the host wrote is not known then. `replaced`: another connection has taken the membership over.
 */
export function endOfRefusal({ code, detail, message }: MadangError): RoomEnd {
  const isTold = detail === 'kicked' || detail === 'closed' || detail === 'replaced';
  return code === 'membership_ended' && isTold
    ? { reason: detail, note: undefined }
    : { reason: 'failed', note: message, code };
}
