export type * from './ports/room-port.js';
