// Madang's inspector beside the step: the ladder of the call, live. The server brings it as one file for any page; where
// it does not, the page does without.
import { currentLanguage, onLanguage, put, textOf } from './language.js';

/** Resolves with an inspector in `place`, which is told of sockets, cameras and connections as they come. */
export async function openInspector(place) {
  const module = await import(new URL('../../inspector-element.js', import.meta.url).href).catch(() => null);
  if (module === null) {
    put(place, 'noInspector');
    const nothing = () => {};
    return { camera: nothing, socket: nothing, connection: nothing, picture: nothing };
  }
  const record = new module.CallRecord();
  const element = Object.assign(document.createElement('madang-inspector'), { record });
  onLanguage(() => {
    element.lang = currentLanguage();
  });
  let stop = () => {};
  let peer;
  return {
    /** What was asked of the camera; call it again with what came. */
    camera: (constraints, outcome) => record.add(cameraFact(constraints, outcome)),
    socket: (socket) => {
      record.add({ type: 'signaling', state: 'connecting' });
      socket.on('connect', () => record.add({ type: 'signaling', state: 'open' }));
      socket.on('disconnect', () => record.add({ type: 'signaling', state: 'lost' }));
      // We say hello once the server has let us in.
      socket.onAnyOutgoing((event, { type }) => {
        if (event !== 'signal' || type !== 'hello') return;
        record.add({ type: 'signaling', state: 'joined' });
        record.add({ type: 'self', id: socket.id, role: 'participant' });
      });
    },
    /** To be told before the first offer or answer. `media`: what the other is known to send. */
    connection: (pc, media) => {
      stop();
      peer = textOf('theOther');
      if (media) {
        const who = { id: peer, name: peer, role: 'participant', connected: true, dialect: 'classic' };
        record.add({ type: 'member', ...who, media });
      }
      stop = module.recordConnection(pc, record, peer);
      if (!element.isConnected) {
        delete place.dataset.text;
        place.replaceChildren(element);
      }
    },
    /** Where the other's picture is shown: notes when its first frame is. */
    picture: (video) =>
      video.requestVideoFrameCallback?.(() =>
        record.add({ type: 'first', peer, what: 'frame-rendered', source: 'camera' }),
      ),
  };
}

function cameraFact(constraints, outcome) {
  const source = 'camera';
  if (outcome === undefined) return { type: 'media-asked', source, constraints };
  if (outcome instanceof MediaStream) {
    const [track] = outcome.getVideoTracks();
    return { type: 'media-got', source, label: track.label, settings: track.getSettings() };
  }
  const kind = { NotAllowedError: 'denied', NotFoundError: 'not-found', NotReadableError: 'in-use' }[outcome.name];
  return { type: 'media-failed', source, kind: kind ?? 'unknown', name: outcome.name, message: outcome.message };
}
