/** What a processor made of a track, until it is closed. */
export interface ProcessedTrack {
  /** Sent and shown instead of the device's own track. */
  readonly track: MediaStreamTrack;
  /** Ends `track` and frees all that making it took. Called once, when nobody uses `track` any more. */
  close(): void;
}

/** Turns the track of a device into another: a filter, a blurred background, less noise. */
export interface TrackProcessor {
  /**
   * Begins to process `input`, which belongs to the caller: it is neither stopped nor switched off here. Called anew for
   * each device that is opened; the run before is closed once the new track is in its place.
   */
  process(input: MediaStreamTrack): Promise<ProcessedTrack>;
}
