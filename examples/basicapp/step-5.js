// Step 5: the data channel. The connection of step 4 carries bytes as well; here they are files.
import { openPeer } from './peer.js';
import { openInspector } from './shared/inspector.js';
import { showInvitation } from './shared/invite.js';
import { happened, openPage, put, room } from './shared/page.js';
import { sha256, showReceived, showRow } from './shared/transfers.js';
import { openSignaling } from './signaling.js';
import { text } from './text/step-5.js';

openPage({ text, files: ['step-5.js', 'peer.js', 'signaling.js'] });

const byId = (id) => document.getElementById(id);
const inspector = await openInspector(byId('inspector'));
/** What every browser takes as one message. More would be faster, as far as `pc.sctp.maxMessageSize` lets it. */
const CHUNK_BYTES = 16 * 1024;
/** So much may wait in the channel before we stop filling it, and so little is left when we go on. */
const FULL_BYTES = 1024 * 1024;
const LOW_BYTES = 256 * 1024;
let peer;
let channel;
/** The file that is coming in. */
let incoming;

const signaling = openSignaling(`${room}-data`, { met, heard, left, busy: () => put(byId('state'), 'busy') });
inspector.socket(signaling.socket);
signaling.socket.on('connect', () => put(byId('state'), 'waiting'));

function met(polite, iceServers) {
  peer = openPeer({ polite, configuration: { iceServers }, send: signaling.send });
  inspector.connection(peer.pc, { microphone: 'off', camera: 'off', screen: 'off' });
  // "negotiated": both sides make the channel, with the same number, so neither has to wait for the other's.
  channel = peer.pc.createDataChannel('files', { negotiated: true, id: 0 });
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = LOW_BYTES;
  channel.onmessage = ({ data }) => receive(data);
  channel.onopen = () => showChannel('open');
  channel.onclose = () => showChannel('closed');
  peer.pc.onconnectionstatechange = ({ target }) => {
    if (target.connectionState !== 'failed') return;
    signaling.forget();
    put(byId('state'), 'channel-failed');
  };
}

function heard(type, content) {
  peer?.receive(type, content).catch((error) => happened('failedEvent', { name: error.name }, error.message));
}

function left() {
  peer?.pc.close();
  peer = channel = undefined;
  incoming?.row.failed();
  incoming = undefined;
  put(byId('state'), 'waiting');
  byId('file').disabled = true;
}

function showChannel(state) {
  put(byId('state'), `channel-${state}`);
  happened(`channel-${state}`, {}, { maxMessageSize: peer?.pc.sctp?.maxMessageSize });
  byId('file').disabled = state !== 'open';
}

// ---- Sending: a line about the file, its bytes in chunks, a line at the end ---------------------------------------

async function send(file) {
  const row = showRow('sending', file);
  const to = channel;
  happened('sending', { name: file.name }, { bytes: file.size });
  try {
    to.send(JSON.stringify({ is: 'file', name: file.name, size: file.size, type: file.type }));
    for (let start = 0; start < file.size; start += CHUNK_BYTES) {
      // A slice is read when it is its turn: the file may be larger than the memory.
      to.send(await file.slice(start, start + CHUNK_BYTES).arrayBuffer());
      row.show(Math.min(start + CHUNK_BYTES, file.size), to.bufferedAmount);
      if (to.bufferedAmount > FULL_BYTES) await drained(to);
    }
    to.send(JSON.stringify({ is: 'end', sha256: await sha256(file) }));
    row.done();
    happened('sent', { name: file.name });
  } catch (error) {
    // A channel that has closed throws at `send`: a file that did not arrive must not look as if it had.
    row.failed();
    happened('failedEvent', { name: error.name }, error.message);
  }
}

/** Waits until the channel has sent most of what it was given, or is closed: without that it takes memory, then fails. */
function drained(to) {
  return new Promise((resolve) => {
    to.addEventListener('bufferedamountlow', resolve, { once: true });
    to.addEventListener('close', resolve, { once: true });
  });
}

// ---- Receiving: the channel keeps the order, so each chunk belongs behind the one before ----------------------------

async function receive(data) {
  if (typeof data !== 'string') {
    if (incoming === undefined) return;
    incoming.chunks.push(data);
    incoming.bytes += data.byteLength;
    incoming.row.show(incoming.bytes);
    return;
  }
  const line = JSON.parse(data);
  if (line.is === 'file') {
    incoming = { ...line, row: showRow('receiving', line), chunks: [], bytes: 0 };
    happened('receiving', { name: line.name }, { bytes: line.size });
    return;
  }
  const { row, chunks, name, type } = incoming;
  incoming = undefined;
  const file = new Blob(chunks, { type });
  showReceived(row, name, file, [line.sha256, await sha256(file)]);
  happened('received', { name }, { bytes: file.size, sha256: line.sha256 });
}

// One after the other: the chunks of two files at once would mix.
let queue = Promise.resolve();
byId('file').onchange = ({ target }) => {
  for (const file of target.files) queue = queue.then(() => send(file));
  target.value = '';
};
void showInvitation(byId('invitation'));
