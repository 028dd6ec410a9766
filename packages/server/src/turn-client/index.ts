export { openFrameWire } from './frame-wire.js';
export { openWire, type WirePlace } from './open-wire.js';
export { PATIENCE_MS, type TurnAccount, TurnClient, type TurnReply } from './turn-client.js';
export type { Wire, WireError } from './wire.js';
