export { Association, type AssociationEvent, type AssociationOptions, SCTP_PACKET_BYTES } from './association.js';
export {
  type AssociationEnd,
  type AssociationLimits,
  DEFAULT_ASSOCIATION_LIMITS,
  type DropReason,
} from './association-state.js';
export { BlockPool } from './block-pool.js';
export { crc32c } from './crc32c.js';
export { type ChannelState, DataChannel } from './data-channel.js';
export { type ChannelEvent, DataChannels, type DataChannelsOptions } from './data-channels.js';
export type { ChannelForm } from './open-message.js';
export type { PacketOut } from './packet-writer.js';
