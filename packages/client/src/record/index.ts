export type {
  CandidateFact,
  Direction,
  Fact,
  FactOf,
  FactType,
  FirstWhat,
  PairFact,
  PeerId,
  PeerSample,
  TrackSample,
} from './fact.js';
