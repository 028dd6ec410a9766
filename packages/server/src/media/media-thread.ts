/** What a media thread runs: the media of the thread, spoken to by messages. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { AddonMissing } from '@madang/native';
import { systemClock } from './clock.js';
import { LoadWatch } from './load-watch.js';
import { LocalMedia } from './local-media.js';
import { MediaGround } from './media-ground.js';
import { MediaListenError } from './media-listen-error.js';
import type { MediaPlace } from './media-place.js';
import type { FromThread, NotOpened, ToThread } from './thread-messages.js';

type Said = Exclude<ToThread, { type: 'open' }>;

if (parentPort === null) throw new Error('this file is run by a worker');
serve(parentPort);

/** No port is opened before it is told where: a thread in reserve waits for that with all else ready. */
function serve(port: MessagePort): void {
  const ground = MediaGround.make(systemClock);
  // Whoever opens it hears why there is none.
  ground.catch(() => {});
  let answer: (message: Said) => void = () => {};
  port.on('message', (message: ToThread) => {
    if (message.type !== 'open') answer(message);
    else {
      void begin(port, message.place, ground).then((begun) => {
        answer = begun;
      });
    }
  });
}

/** Nothing is asked before this has said `opened`. */
async function begin(
  port: MessagePort,
  place: MediaPlace,
  ground: Promise<MediaGround>,
): Promise<(message: Said) => void> {
  const say = (message: FromThread) => port.postMessage(message);
  const media = await open(place, ground, say);
  if (!(media instanceof LocalMedia)) {
    say({ type: 'refused', why: media });
    port.close();
    return () => {};
  }
  const load = new LoadWatch();
  media.listen((event) => say({ type: 'event', event }));
  say({ type: 'opened', port: media.port, addresses: media.addresses });
  return (message) => {
    switch (message.type) {
      case 'command':
        say({ type: 'reply', id: message.id, reply: media.commandNow(message.command) });
        break;
      case 'read':
        say({
          type: 'reading',
          id: message.id,
          reading: { plane: media.planeCounts(), router: media.counts(), lines: media.lines(), load: load.read() },
        });
        break;
      case 'close':
        media.close();
        port.close();
    }
  };
}

async function open(
  place: MediaPlace,
  ground: Promise<MediaGround>,
  say: (message: FromThread) => void,
): Promise<LocalMedia | NotOpened> {
  try {
    return await LocalMedia.open(place, { ground: await ground, onFault: (error) => say({ type: 'fault', error }) });
  } catch (error) {
    if (error instanceof AddonMissing) return { type: 'no-addon', sentence: error.message };
    if (error instanceof MediaListenError) return { type: 'port', where: error.where };
    throw error;
  }
}
