import type { FactIndex } from './fact-index.js';
import type { Finding } from './finding.js';
import type { PeerView } from './peer-view.js';

/** Finds out whether one's own side of the call has a certain fault. */
export type OwnRule = (index: FactIndex) => readonly Finding[];

/** Finds out whether one connection has a certain fault. */
export type PeerRule = (view: PeerView) => readonly Finding[];

export const NONE: readonly Finding[] = [];
