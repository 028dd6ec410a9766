export { publishByWhip } from './publish-by-whip.js';
export { viewByWhep, type WhepView } from './view-by-whep.js';
export { WhipError } from './whip-error.js';
export { type WhepWish, type WhepWishChange, type WhipEnd, type WhipOptions, WhipSession } from './whip-session.js';
