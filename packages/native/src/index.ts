export { AddonMissing, hasAddon } from './addon.js';
export { BindError } from './bind-error.js';
export { bindTcp } from './bind-tcp.js';
export { DtlsIdentity, type IdentityPem, parseFingerprint } from './dtls-identity.js';
export {
  type DtlsFailure,
  type DtlsOutput,
  DtlsSession,
  type DtlsSessionOptions,
  type DtlsState,
} from './dtls-session.js';
export { HelloGuard, type HelloVerdict } from './hello-guard.js';
export type {
  BindOptions,
  BoundPort,
  MediaPlane,
  MediaPlaneOptions,
  PeerOptions,
  PlaneCounts,
  PlaneSizes,
  RemoteAddress,
  SlotHolder,
} from './media-plane.js';
export { openMediaPlane } from './native-plane.js';
export { SRTP_TRAILER_BYTES, type SrtpFailures, type SrtpKeys, SrtpPair } from './srtp-pair.js';
export { SRTP_PROFILE, type SrtpProfile } from './srtp-profile.js';
export type { ListeningPort, TcpOptions, TcpPorts } from './tcp-ports.js';
