import type { LineState } from '../ports/index.js';
import type { RouterState } from './router-state.js';
import type { SubscribeConnection } from './subscribe-connection.js';

/** What is told is not told again before so long, and not while all of it is as near as this. */
const REST_MS = 2_000;
const NEAR = 0.25;
const NEAR_QUEUE_MS = 50;
const NEAR_LOSS = 0.02;
/** Estimates, and parts of one that are lost, are told in such steps. */
const STEP_BPS = 1_000;
const LOSS_STEPS = 1_000;

/** Tells a subscriber how its line stands, if that is otherwise than it was told last. Only of a line that is known. */
export function tellLine(connection: SubscribeConnection, state: RouterState, now: number): void {
  const { toldLine, id, peer } = connection;
  if (toldLine !== null && now - toldLine.atMs < REST_MS) return;
  const { estimateBps, queueMs, loss } = peer.sending.bandwidth.stats(now);
  if (estimateBps === null) return;
  const line: LineState = {
    bps: STEP_BPS * Math.round(estimateBps / STEP_BPS),
    queueMs: Math.round(queueMs),
    loss: Math.round(Math.max(0, loss) * LOSS_STEPS) / LOSS_STEPS,
  };
  if (toldLine !== null && isNear(line, toldLine)) return;
  connection.toldLine = { ...line, atMs: now };
  state.tell({ type: 'line', connection: id, ...line });
}

function isNear(line: LineState, told: LineState): boolean {
  if (Math.abs(line.bps - told.bps) > NEAR * told.bps) return false;
  return Math.abs(line.queueMs - told.queueMs) < NEAR_QUEUE_MS && Math.abs(line.loss - told.loss) < NEAR_LOSS;
}
