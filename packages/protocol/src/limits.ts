/** The version that `join` and `resume` name. A change that an old client can't live with adds one. */
export const PROTOCOL_VERSION = 1;

/** Every bound of the protocol in one place: `docs/protocol.md` prints this table and a test compares them. */
export const LIMITS = {
  /** One socket.io packet, in bytes of UTF-8. A larger one gets `message_too_large`. */
  messageBytes: 65_536,
  /** The packet of an `answer`, which has a section for each track of a large room. It counts as several messages. */
  answerBytes: 262_144,
  roomNameChars: 64,
  memberNameChars: 64,
  chatChars: 4_000,
  reactionChars: 16,
  reasonChars: 200,
  /** A metadata object, as JSON, in bytes of UTF-8. */
  metadataBytes: 4_096,
  sdpChars: 49_152,
  /** The description in an `answer`. */
  answerSdpChars: 229_376,
  candidateChars: 1_024,
  /** Tracks one description may name. */
  tracksPerDescription: 32,
  /** Tracks one member may want to be sent by the media server. */
  wantsPerSubscription: 200,
  /** Members of a room whose media runs peer to peer. */
  p2pMembers: 4,
  /** Chat messages a room remembers. */
  chatHistory: 200,
  /** Rows of a report, one for each other member. */
  reportPeers: 100,
  /** A member's reports reach the others at most this often, in milliseconds. */
  reportEveryMs: 1_000,
  /** Malformed messages in a row that close a connection. */
  malformedInARow: 5,
} as const;
