import type { CallRecord } from './call-record.js';
import { ConnectionRecorder, type RecordConnectionOptions } from './connection-recorder.js';
import type { PeerId } from './fact.js';

/**
 * Notes in `record` what goes on in any RTCPeerConnection, under the name `peer`, until the returned function is called or
 * the connection is closed. Attach it right after the connection is made: what was before is seen only as far as it
 * stands in the connection. Reads the statistics once a second, and four times a second while the connection begins.
 */
export function recordConnection(
  pc: RTCPeerConnection,
  record: CallRecord,
  peer: PeerId,
  options: RecordConnectionOptions = {},
): () => void {
  const recorder = new ConnectionRecorder(pc, record, peer, options);
  return () => recorder.stop();
}
