/**
 * A number that grows with every packet of sound or picture that `pc` receives: 0 before the first, undefined where the
 * browser does not say. The first that is found above `since` will do: browsers stop the page for each receiver that is asked.
 */
export function newestArrival(pc: RTCPeerConnection, since: number): number | undefined {
  let newest = 0;
  for (const { receiver } of pc.getTransceivers()) {
    if (receiver.getSynchronizationSources === undefined) return undefined;
    for (const { timestamp } of receiver.getSynchronizationSources()) newest = Math.max(newest, timestamp);
    if (newest > since) return newest;
  }
  return newest;
}
