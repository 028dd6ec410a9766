/**
 * Whether something of a track has been decoded: a frame of a picture, or sound that was played. True where the browser
 * does not say, lest anybody wait for it. It costs no reading of statistics.
 */
export function hasArrived(receiver: RTCRtpReceiver): boolean {
  return receiver.getSynchronizationSources === undefined || receiver.getSynchronizationSources().length > 0;
}
