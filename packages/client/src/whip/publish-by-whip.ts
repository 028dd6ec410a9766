import { type WhipOptions, WhipSession } from './whip-session.js';

/** Publishes the tracks of a stream into a room at `…/whip/ROOM`. Rejects with `WhipError`. */
export async function publishByWhip(
  url: string,
  stream: MediaStream,
  options: WhipOptions & { readonly encodings?: RTCRtpEncodingParameters[] } = {},
): Promise<WhipSession> {
  const connection = options.connection ?? new RTCPeerConnection();
  for (const track of stream.getTracks()) {
    const sendEncodings = track.kind === 'video' && options.encodings ? { sendEncodings: options.encodings } : {};
    connection.addTransceiver(track, { direction: 'sendonly', streams: [stream], ...sendEncodings });
  }
  return closedUnlessOpened(connection, () => WhipSession.open(url, connection, options));
}

/** Opens a session, or closes the connection that it would have had. */
export async function closedUnlessOpened(
  connection: RTCPeerConnection,
  open: () => Promise<WhipSession>,
): Promise<WhipSession> {
  try {
    return await open();
  } catch (error) {
    connection.close();
    throw error;
  }
}
