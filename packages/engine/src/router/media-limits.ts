/** What one media thread takes at most. Whoever asks for more is refused, and nothing changes. */
export interface MediaLimits {
  readonly connections: number;
  readonly connectionsPerRoom: number;
  /** Sections of a publisher's description that send. */
  readonly tracksPerPublisher: number;
  /** Sections of a viewer's description that receive: each has a ledger of what it was sent. */
  readonly sectionsPerViewer: number;
  /** Tracks that one subscriber may want. */
  readonly tracksPerSubscriber: number;
  /** What all publishers of a room may send together, in bits a second; infinity for no limit. */
  readonly roomBps: number;
  /** Of how many members of a room sound is forwarded, the loudest; infinity for all. */
  readonly seats: number;
}

export const DEFAULT_MEDIA_LIMITS: MediaLimits = {
  connections: 2_000,
  connectionsPerRoom: 1_000,
  tracksPerPublisher: 8,
  sectionsPerViewer: 50,
  tracksPerSubscriber: 200,
  roomBps: Number.POSITIVE_INFINITY,
  seats: Number.POSITIVE_INFINITY,
};
