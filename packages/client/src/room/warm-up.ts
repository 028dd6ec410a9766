/** What a browser has loaded stays loaded: once for a page is enough. */
const warm = new WeakSet<object>();

/**
 * Makes a browser load what its first connection needs: codecs, a certificate, its network. That takes hundreds of
 * milliseconds on a small machine, and would otherwise come between the join and the first picture. Two connections
 * agree with each other and are closed before anything is sent. Never throws.
 */
export async function warmUp(Connection: typeof RTCPeerConnection | undefined): Promise<void> {
  if (Connection === undefined || warm.has(Connection)) return;
  warm.add(Connection);
  const [a, b] = [new Connection(), new Connection()];
  try {
    a.addTransceiver('audio');
    a.addTransceiver('video');
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription!);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription!);
  } catch {
    // A browser that can't even this fails the same way in the call, where there is somebody to tell.
  } finally {
    a.close();
    b.close();
  }
}
