export { PROBLEMS } from './problem.js';
export { type WhipConfig, WhipDoor, type WhipParts } from './whip-door.js';
