// Step 3: a chat. Two pages that have never met talk through a server, in a room whose name both know.
import { io } from '../socket.io/socket.io.esm.min.js';
import { showInvitation } from './shared/invite.js';
import { happened, openPage, put, room } from './shared/page.js';
import { text } from './text/step-3.js';

openPage({ text, files: ['step-3.js'] });

const byId = (id) => document.getElementById(id);
/** The server may lie below a path of its own, so the address of its door is told from that of this page. */
const socket = io({ path: new URL('../socket.io', location.href).pathname });

// ---- What we say: `ready` once, then `send` for every line ---------------------------------------------------------

// Also after the connection was lost: to the server we are somebody new then.
socket.on('connect', () => {
  put(byId('state'), 'connected', { room });
  socket.emit('ready', { room });
});

// A form sends by Enter too, and not in the middle of a Hangul syllable, as a `keydown` of our own would.
byId('chat').onsubmit = (event) => {
  event.preventDefault();
  const { author, message } = event.target.elements;
  if (message.value.trim() === '') return;
  socket.emit('send', { author: author.value.trim() || 'Guest', message: message.value, room });
  message.value = '';
};

// ---- What we hear: `announce` about the room, `message` from everyone in it, ourselves included --------------------

socket.on('announce', ({ message }) => show(message));
socket.on('message', ({ author, message }) => show(message, author));
socket.on('disconnect', () => put(byId('state'), 'disconnected'));
socket.on('connect_error', () => put(byId('state'), 'unreachable'));

function show(message, author) {
  const line = document.createElement('li');
  if (author !== undefined) {
    const name = document.createElement('b');
    name.textContent = `${author}: `;
    line.append(name);
  }
  // Text, never HTML: else whoever writes "<img onerror=…>" runs a program in the page of everyone else.
  line.append(message);
  byId('lines').append(line);
  line.scrollIntoView({ block: 'nearest' });
}

// ---- Every event, as it goes and comes -----------------------------------------------------------------------------

socket.on('connect', () => happened('opened', {}, { id: socket.id, transport: socket.io.engine.transport.name }));
socket.on('disconnect', (reason) => happened('closed', {}, reason));
socket.onAnyOutgoing((event, payload) => happened('emitted', { event }, payload));
socket.onAny((event, payload) => happened('heard', { event }, payload));

byId('app').href = `../r/${encodeURIComponent(room)}`;
void showInvitation(byId('invitation'));
