export { DataExchange, MAX_MESSAGE_BYTES, type SendOptions } from './data-exchange.js';
export type { DataLink } from './data-link.js';
export {
  type FileSink,
  folderSink,
  memorySink,
  type SinkFolder,
  type WritableFile,
  writableSink,
} from './file-sink.js';
export { IncomingTransfer } from './incoming-transfer.js';
export type { SendProgress } from './outgoing-messages.js';
export { OutgoingTransfer } from './outgoing-transfer.js';
export type { Json, Received, Sendable } from './payload.js';
export type { Relay } from './relay.js';
export { Transfer, type TransferFailure } from './transfer.js';
export type { TransferState } from './transfer-state.js';
export type { SendFileOptions } from './transfers.js';
