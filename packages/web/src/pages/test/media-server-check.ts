import { LocalMedia, MadangError, publishByWhip, Room, viewByWhep, WhipError, type WhipSession } from '@madang/client';
import { pageConfig } from '../../page-config.js';
import { wait } from './device-checks.js';
import type { MediaPortFacts, ThroughputFacts } from './judge.js';
import { isConnected, received } from './loopback-check.js';
import { movingPicture, softTone } from './made-up-media.js';
import { NO_STORAGE } from './network-checks.js';

const SETTLES_MS = 4_000;
const MEASURES_MS = 2_500;

/** Whether the server has a media server: without one it refuses to open a room that needs it. */
export async function hasMediaServer(): Promise<boolean> {
  const room = new Room({ media: new LocalMedia(), storage: NO_STORAGE });
  try {
    await room.connect({ room: inventRoom(), name: 'Test', role: 'viewer', mode: 'sfu' });
    return true;
  } catch (error) {
    return !(error instanceof MadangError && error.code === 'mode_unavailable');
  } finally {
    await room.leave().catch(() => {});
  }
}

/** Publishes a tone to the media server over one protocol alone, in a room that nobody else is in. */
export async function tryMediaPort(protocol: 'udp' | 'tcp'): Promise<MediaPortFacts> {
  const connection = new OneProtocol(protocol);
  const tone = softTone();
  let session: WhipSession | undefined;
  try {
    session = await publishByWhip(address('whip', inventRoom()), new MediaStream([tone.track]), { connection });
    if (connection.offered === 0) return { at: 'not-offered' };
    if (!(await isConnected(connection))) return { at: 'unreachable' };
    return { at: 'connected', roundTripMs: await roundTripMs(connection) };
  } catch (error) {
    return refusal(error);
  } finally {
    tone.stop();
    connection.close();
    await session?.close();
  }
}

/** Publishes a picture and a tone to the media server, and views both again from there: up and down at once. */
export async function throughMediaServer(): Promise<ThroughputFacts | { readonly at: 'absent' | 'refused' }> {
  const room = inventRoom();
  const [picture, tone] = [movingPicture({ width: 1280, height: 720 }), softTone()];
  const sessions: WhipSession[] = [];
  try {
    sessions.push(await publishByWhip(address('whip', room), new MediaStream([picture.track, tone.track])));
    const { session } = await viewByWhep(address('whep', room));
    sessions.push(session);
    if (!(await isConnected(session.connection))) return { at: 'measured', bps: 0, lost: 0 };
    await wait(SETTLES_MS);
    const before = await received(session.connection);
    await wait(MEASURES_MS);
    const after = await received(session.connection);
    const [packets, missing] = [after.packets - before.packets, Math.max(0, after.missing - before.missing)];
    const lost = packets + missing === 0 ? 0 : missing / (packets + missing);
    return { at: 'measured', bps: ((after.bytes - before.bytes) * 8) / (MEASURES_MS / 1_000), lost };
  } catch (error) {
    return refusal(error);
  } finally {
    for (const end of [picture, tone]) end.stop();
    await Promise.all(sessions.map((session) => session.close()));
  }
}

/** A connection that hears only of the server's addresses of one protocol. */
class OneProtocol extends RTCPeerConnection {
  /** Addresses of the protocol that the server named. */
  offered = 0;
  readonly #protocol: string;

  constructor(protocol: string) {
    super();
    this.#protocol = protocol;
  }

  override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const lines = (description.sdp ?? '').split('\r\n');
    const isOther = (line: string) =>
      line.startsWith('a=candidate:') && line.split(' ')[2]?.toLowerCase() !== this.#protocol;
    const kept = lines.filter((line) => !isOther(line));
    this.offered = kept.filter((line) => line.startsWith('a=candidate:')).length;
    await super.setRemoteDescription({ ...description, sdp: kept.join('\r\n') });
  }
}

function refusal(error: unknown): { readonly at: 'absent' | 'refused' } {
  if (!(error instanceof WhipError)) throw error;
  return { at: error.code === 'no_media' ? 'absent' : 'refused' };
}

async function roundTripMs(connection: RTCPeerConnection): Promise<number> {
  for (const row of (await connection.getStats()).values())
    if (row.type === 'candidate-pair' && row.nominated && typeof row.currentRoundTripTime === 'number')
      return row.currentRoundTripTime * 1_000;
  return 0;
}

const address = (door: 'whip' | 'whep', room: string): string =>
  new URL(`${pageConfig.basePath}/${door}/${room}`, location.href).href;

const inventRoom = (): string => `test-${crypto.randomUUID().slice(0, 13)}`;
