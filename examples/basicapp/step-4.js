// Step 4: the call. Two pages agree through the server on how to talk, and then talk without it.
import { chosenPath } from './chosen-path.js';
import { openPeer } from './peer.js';
import { openInspector } from './shared/inspector.js';
import { showInvitation } from './shared/invite.js';
import { happened, openPage, put, room } from './shared/page.js';
import { summary } from './shared/summary.js';
import { openSignaling } from './signaling.js';
import { text } from './text/step-4.js';

openPage({ text, files: ['step-4.js', 'peer.js', 'signaling.js', 'chosen-path.js'], needsCamera: true });

const byId = (id) => document.getElementById(id);
const inspector = await openInspector(byId('inspector'));
let signaling;
let stream;
let peer;

async function start() {
  byId('start').disabled = true;
  // First the camera: what we send should be there when we make our offer.
  stream = await takeCamera();
  byId('mine').srcObject = stream;
  signaling = openSignaling(`${room}-call`, { met, heard, left, busy: () => put(byId('state'), 'busy') });
  inspector.socket(signaling.socket);
  signaling.socket.on('connect', () => put(byId('state'), 'waiting'));
  signaling.socket.onAnyOutgoing((event, payload) => happened('emitted', { event }, summary(payload)));
  signaling.socket.onAny((event, payload) => happened('heard', { event }, summary(payload)));
  byId('stop').disabled = false;
}

async function takeCamera() {
  const constraints = { video: true, audio: byId('sound').checked };
  try {
    inspector.camera(constraints);
    const taken = await navigator.mediaDevices.getUserMedia(constraints);
    inspector.camera(constraints, taken);
    return taken;
  } catch (error) {
    // One can still watch.
    inspector.camera(constraints, error);
    happened('noCamera', { name: error.name });
    return new MediaStream();
  }
}

/** There is another page: make the connection, and say what we want to send. That alone makes it offer. */
function met(polite, iceServers) {
  try {
    peer = openPeer({ polite, configuration: configuration(iceServers), send: signaling.send });
  } catch (error) {
    return put(byId('state'), 'failed', { name: `${error.name}: ${error.message}` });
  }
  const { pc } = peer;
  happened('met', {}, polite ? 'polite' : 'impolite');
  inspector.connection(pc);
  // Unified plan: each direction of picture or sound is a transceiver of its own; `addTrack` makes the one it needs.
  for (const track of stream.getTracks()) pc.addTrack(track, stream);
  if (stream.getTracks().length === 0) pc.addTransceiver('video', { direction: 'recvonly' });
  pc.ontrack = ({ track, streams: [theirs] }) => {
    happened('track', {}, track.kind);
    byId('theirs').srcObject = theirs ?? new MediaStream([track]);
    inspector.picture(byId('theirs'));
  };
  for (const name of ['signalingState', 'iceGatheringState', 'iceConnectionState', 'connectionState']) {
    pc.addEventListener(`${name.toLowerCase()}change`, () => showState(pc, name));
  }
}

/** The operator's servers, and the one that was typed in here. */
function configuration(iceServers) {
  const [urls, username, credential] = ['url', 'username', 'credential'].map((id) => byId(id).value.trim());
  return {
    iceServers: urls === '' ? iceServers : [...iceServers, { urls, username, credential }],
    iceTransportPolicy: byId('relayOnly').checked ? 'relay' : 'all',
  };
}

function heard(type, content) {
  peer?.receive(type, content).catch((error) => happened('failedEvent', { name: error.name }, error.message));
}

function left() {
  peer?.pc.close();
  peer = undefined;
  byId('theirs').srcObject = null;
  put(byId('state'), 'waiting');
  showPath(undefined);
}

function stop() {
  signaling.leave();
  left();
  for (const track of stream.getTracks()) track.stop();
  byId('mine').srcObject = null;
  put(byId('state'), 'ended');
  [byId('start').disabled, byId('stop').disabled] = [false, true];
}

function showState(pc, name) {
  happened('state', { name }, pc[name]);
  if (name !== 'connectionState' || pc !== peer?.pc) return;
  // Whoever is gone without a word makes room for somebody else.
  if (pc.connectionState === 'failed') signaling.forget();
  put(byId('state'), `connection-${pc.connectionState}`);
}

async function watchPath() {
  showPath(peer && (await chosenPath(peer.pc)));
}

/** Lights up one of the three paths in the drawing. */
function showPath(chosen) {
  document.querySelector('.theory').dataset.path = chosen?.path ?? '';
  if (chosen) put(byId('path'), `path-${chosen.path}`, chosen);
  else put(byId('path'), 'path-none');
}

setInterval(() => void watchPath(), 1_000);
byId('start').onclick = start;
byId('start').disabled = false;
byId('stop').onclick = stop;
void showInvitation(byId('invitation'));
