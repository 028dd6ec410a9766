export { type HostRange, isInRange, parseHostRange } from './host-range.js';
export type { PeerRefusal } from './peer-policy.js';
export type { StreamTransport } from './stream-client.js';
export { readTimeLimitedName, type TurnCredential, timeLimitedCredential } from './time-limited-credential.js';
export type { AllocationEnd, TurnDrop } from './turn-counts.js';
export type { StreamEnd, TurnOperation } from './turn-operation.js';
export { DEFAULT_TURN_LIMITS, type RelayHost, type TurnLimits, type TurnOptions } from './turn-options.js';
export { TurnServer, type TurnSizes } from './turn-server.js';
export type { TurnPorts } from './turn-state.js';
