// The signaling of steps 4 and 5: finds the other page of a room and carries messages between the two, without looking
// into them. The server gives a `signal` to all other pages of the room, so each one says from whom and for whom it is.
import { io } from '../socket.io/socket.io.esm.min.js';

/**
 * Enters `room`. Calls `met(polite, iceServers)` when there is another page, `heard(type, content)` for what it sends,
 * `left()` when it goes, and `busy()` when two are talking in this room already.
 */
export function openSignaling(room, { met, heard, left, busy }) {
  const socket = io({ path: new URL('../socket.io', location.href).pathname });
  const me = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  let other;
  /** STUN and TURN servers that this server's operator has named; undefined until we are in the room. */
  let iceServers;

  const say = (type, to, content) => socket.emit('signal', { type, room, message: { from: me, to, ...content } });

  // Whoever comes says hello, and whoever is there already begins. Also after the server was away for a moment.
  socket.on('connect', async () => {
    await socket.emitWithAck('ready', { signal_room: room });
    iceServers = (await socket.emitWithAck('ice-servers', { n: 1 })).iceServers ?? [];
    say('hello');
  });

  socket.on('signaling_message', ({ type, message }) => {
    const { from, to, ...content } = message;
    const isForMe = to === undefined || to === me;
    if (!isForMe || iceServers === undefined) return;
    if (type === 'hello' && other !== undefined && other !== from) return say('busy', from);
    if (type === 'busy' && other === undefined) return busy();
    if (other === undefined && (type === 'hello' || type === 'description')) {
      other = from;
      // One of the two has to give way when both offer at once. Which one does not matter, as long as both agree.
      met(me < other, iceServers);
    }
    if (from !== other || type === 'hello') return;
    if (type === 'bye') forget();
    else heard(type, content);
  });

  function forget() {
    other = undefined;
    left();
  }

  function leave() {
    if (other !== undefined) say('bye', other);
    socket.disconnect();
  }
  addEventListener('pagehide', leave);

  return { socket, forget, leave, send: (type, content) => say(type, other, content) };
}
