/**
 * A number that grows with every packet of sound or picture that `pc` receives: 0 before the first, undefined where the
 * browser does not say. It costs no reading of statistics.
 */
export function newestArrival(pc: RTCPeerConnection): number | undefined {
  const receivers = pc.getTransceivers().map(({ receiver }) => receiver);
  if (receivers.some((receiver) => receiver.getSynchronizationSources === undefined)) return undefined;
  return Math.max(
    0,
    ...receivers.flatMap((receiver) => receiver.getSynchronizationSources().map((at) => at.timestamp)),
  );
}
