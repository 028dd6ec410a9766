import { readU32 } from '../../bytes/index.js';
import { ATTRIBUTE } from '../../stun/index.js';
import { type Answer, refuse, SUCCESS } from '../answers.js';
import type { TurnRequest } from '../turn-request.js';
import type { TurnState } from '../turn-state.js';

/** RFC 6062 §5.4: this connection of the client's becomes one with a peer's that waits for it. */
export function connectionBind(state: TurnState, { message, envelope, identity }: TurnRequest): Answer {
  // Over TCP or TLS alone, and not where an allocation is ruled from.
  if (envelope.path.type !== 'stream' || !state.isOverTcp(envelope.path)) return refuse(400);
  const stream = state.streams.get(envelope.path.stream);
  if (stream === undefined || stream.allocation !== null) return refuse(400);
  // A connection that waits.
  const id = message.value(ATTRIBUTE.CONNECTION_ID);
  const connection = id?.length === 4 ? state.connections.get(readU32(id, 0)) : null;
  if (connection?.state.type !== 'waiting') return refuse(400);
  // Of the user whose allocation it is of.
  if (connection.allocation.identity.username !== identity.username) return refuse(441);
  state.connections.join(connection, stream);
  state.unwatchStream(stream);
  return SUCCESS;
}
