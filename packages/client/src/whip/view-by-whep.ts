import { closedUnlessOpened } from './publish-by-whip.js';
import { type WhepWish, type WhipOptions, WhipSession } from './whip-session.js';

export interface WhepView {
  readonly session: WhipSession;
  /** One picture and one sound, whoever's they are. */
  readonly stream: MediaStream;
}

/** Views a room at `…/whep/ROOM`; nobody need publish yet. Rejects with `WhipError`. */
export async function viewByWhep(
  url: string,
  options: WhipOptions & { readonly wish?: WhepWish } = {},
): Promise<WhepView> {
  const connection = options.connection ?? new RTCPeerConnection();
  const stream = new MediaStream();
  for (const kind of ['video', 'audio'] as const) {
    stream.addTrack(connection.addTransceiver(kind, { direction: 'recvonly' }).receiver.track);
  }
  const address = new URL(url, typeof document === 'undefined' ? undefined : document.baseURI);
  for (const [name, value] of Object.entries(options.wish ?? {})) {
    if (value !== undefined) address.searchParams.set(name, String(value));
  }
  const session = await closedUnlessOpened(connection, () => WhipSession.open(address.href, connection, options));
  return { session, stream };
}
