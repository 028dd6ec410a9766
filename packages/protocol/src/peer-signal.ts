import { z } from 'zod';
import { Generation } from './generation.js';
import { LIMITS } from './limits.js';
import { MediaPath, Source } from './room.js';

export const TrackDescription = z.strictObject({
  /** The `a=mid` of the media section. */
  mid: z.string().min(1).max(32),
  source: Source,
});
export type TrackDescription = z.infer<typeof TrackDescription>;

const Candidate = z.strictObject({
  /** As in RFC 8839 §5.1, without `a=`. An empty string says that no more will follow. */
  candidate: z.string().max(LIMITS.candidateChars),
  sdpMid: z.string().max(32).nullish(),
  sdpMLineIndex: z.number().int().min(0).max(255).nullish(),
  usernameFragment: z.string().max(256).nullish(),
});

/** What two members say to each other, through the server, to set up a call (perfect negotiation, trickle ICE). */
export const PeerSignal = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('description'),
    generation: Generation,
    description: z.strictObject({
      type: z.enum(['offer', 'answer']),
      sdp: z.string().max(LIMITS.sdpChars),
    }),
    /** What the sender sends in which media section. */
    tracks: z.array(TrackDescription).max(LIMITS.tracksPerDescription),
  }),
  z.strictObject({
    kind: z.literal('candidate'),
    generation: Generation,
    candidate: Candidate,
  }),
  /** In a room that moves: everything comes in here by this way now, and nothing is needed any more by the one before. */
  z.strictObject({ kind: z.literal('arrived'), by: MediaPath }),
]);
export type PeerSignal = z.infer<typeof PeerSignal>;
