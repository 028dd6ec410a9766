// A video call and a chat between two pages, written the way one first learns it: one socket.io connection, six events.
//
//   to the server       ready {chat_room, signal_room}   send {author, message, room}   signal {type, message, room}
//   from the server     announce {message}               message {author, message}      signaling_message {type, message}
//
// Addresses understood: ?room=NAME chooses the room, ?server=https://HOST:PORT the server, if this page comes from
// another one (which has to be allowed there, with --allow-origin).

const parameters = new URLSearchParams(location.search);
const server = parameters.get('server') ?? '';
const room = parameters.get('room') ?? 'lesson';
const signalRoom = `${room} signals`;
/** Decides who gives way when both offer at the same time. */
const dice = Math.random();

const byId = (id) => document.getElementById(id);
let socket;
let localStream;
/** The connection to the other page. */
let peer;

function show(text, author) {
  const line = document.createElement('li');
  line.textContent = author === undefined ? text : `${author}: ${text}`;
  byId('messages').append(line);
}

function signal(type, message) {
  socket.emit('signal', { type, message: JSON.stringify(message), room: signalRoom });
}

function newPeer() {
  peer?.close();
  const connection = new RTCPeerConnection();
  peer = connection;
  if (localStream) {
    for (const track of localStream.getTracks()) connection.addTrack(track, localStream);
  } else {
    connection.addTransceiver('audio', { direction: 'recvonly' });
    connection.addTransceiver('video', { direction: 'recvonly' });
  }
  connection.onicecandidate = ({ candidate }) => {
    if (candidate) signal('candidate', candidate);
  };
  connection.ontrack = ({ streams }) => {
    byId('remoteVideo').srcObject = streams[0];
  };
  connection.onconnectionstatechange = () => {
    byId('callState').textContent = connection.connectionState;
  };
  return connection;
}

async function describe(connection) {
  await connection.setLocalDescription();
  signal('description', { dice, description: connection.localDescription });
}

const answers = {
  /** Somebody came: whoever is here already calls. */
  async hello() {
    await describe(newPeer());
  },

  async description({ dice: theirs, description }) {
    const glare = description.type === 'offer' && peer?.signalingState === 'have-local-offer';
    if (glare && dice > theirs) return;
    const connection = description.type === 'offer' && !glare ? newPeer() : peer;
    if (!connection) return;
    await connection.setRemoteDescription(description);
    if (description.type === 'offer') await describe(connection);
  },

  /** Signals keep their order, so a candidate without a description before it belongs to an offer that was ignored. */
  async candidate(candidate) {
    if (peer?.remoteDescription) await peer.addIceCandidate(candidate);
  },
};

/** One signal after the other: each changes what the next one means. */
let handled = Promise.resolve();
function onSignal({ type, message }) {
  handled = handled
    .then(() => answers[type]?.(JSON.parse(message)))
    .catch((error) => show(`The call failed: ${error}`));
}

async function openCamera() {
  try {
    localStream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    byId('localVideo').srcObject = localStream;
  } catch (error) {
    show(`No camera or microphone (${error.name}): you can watch, listen and write.`);
  }
}

function loadClient() {
  return new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = `${server}/socket.io/socket.io.js`;
    script.onload = loaded;
    script.onerror = () => failed(new Error(`no ${script.src}`));
    document.head.append(script);
  });
}

function onSend(event) {
  event.preventDefault();
  const field = byId('message');
  if (field.value.trim() === '') return;
  socket.emit('send', { author: byId('author').value || 'Somebody', message: field.value, room });
  field.value = '';
}

async function start() {
  byId('roomName').textContent = room;
  await Promise.all([openCamera(), loadClient()]);
  socket = server === '' ? io.connect() : io.connect(server);
  socket.on('announce', ({ message }) => show(message));
  socket.on('message', ({ author, message }) => show(message, author));
  socket.on('signaling_message', onSignal);
  socket.on('connect', () => {
    socket.emit('ready', { chat_room: room, signal_room: signalRoom });
    signal('hello', {});
  });
  byId('chatForm').addEventListener('submit', onSend);
}

start().catch((error) => show(`The page could not start: ${error.message}`));
