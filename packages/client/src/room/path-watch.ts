import { type Clock, every } from '../clock.js';
import { candidatePath, type Path } from '../path/index.js';

const PERIOD_MS = 5_000;

/**
 * Finds out which way the packets of a connected `pc` take: at once, whenever the browser says that it changed, and now
 * and then for the round-trip time. `found` may come with what is known already. Until the returned function is called.
 */
export function watchPath(pc: RTCPeerConnection, clock: Clock, found: (path: Path) => void): () => void {
  let over = false;
  const look = async (): Promise<void> => {
    const path = await pc.getStats().then(candidatePath, () => undefined);
    if (!over && path !== undefined) found(path);
  };
  const refresh = (): void => void look();
  // All sections are bundled, so any transport is the transport.
  const ice = pc.getSenders()[0]?.transport?.iceTransport;
  ice?.addEventListener?.('selectedcandidatepairchange', refresh);
  const stop = every(clock, PERIOD_MS, refresh);
  refresh();
  return () => {
    over = true;
    stop();
    ice?.removeEventListener?.('selectedcandidatepairchange', refresh);
  };
}
