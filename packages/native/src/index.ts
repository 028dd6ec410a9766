export { AddonMissing, hasAddon } from './addon.js';
export { BindError } from './bind-error.js';
export {
  type BindOptions,
  type BoundPort,
  type MediaPlane,
  type MediaPlaneOptions,
  type PeerOptions,
  type PlaneCounts,
  type PlaneSizes,
  type RemoteAddress,
  type SlotHolder,
  SRTP_PROFILE,
  type SrtpProfile,
} from './media-plane.js';
export { openMediaPlane } from './native-plane.js';
