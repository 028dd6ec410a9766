export { CallRecord, type CallRecordOptions } from './call-record.js';
export { candidateKey, readCandidateLine } from './candidate-line.js';
export { ConnectionRecorder, type RecordConnectionOptions } from './connection-recorder.js';
export { type ExportOptions, exportRecord } from './export-record.js';
export type {
  CandidateFact,
  Direction,
  Fact,
  FactBody,
  FactOf,
  FactType,
  FirstWhat,
  PairFact,
  PeerId,
  PeerSample,
  TrackSample,
} from './fact.js';
export { type RecordFile, readRecord } from './read-record.js';
export { recordConnection } from './record-connection.js';
export { RecordError, type RecordErrorCode } from './record-error.js';
export type { SectionOrigin, TrackOrigin } from './section-sources.js';
export { SERVER_PUBLISH, SERVER_SUBSCRIBE } from './server-connections.js';
