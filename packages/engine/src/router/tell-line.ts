import type { RouterState } from './router-state.js';
import type { SubscribeConnection } from './subscribe-connection.js';

/** What is told is not told again before so long, and not while it is as much off as this. */
const REST_MS = 2_000;
const NEAR = 0.25;
/** Estimates and waits are told in such steps. */
const STEP_BPS = 1_000;
const LOSS_STEPS = 1_000;

/** Tells a subscriber how its line stands, if that is otherwise than it was told last. Only of a line that is known. */
export function tellLine(connection: SubscribeConnection, state: RouterState, now: number): void {
  const { toldLine, id, peer } = connection;
  if (toldLine !== null && now - toldLine.atMs < REST_MS) return;
  const { estimateBps, queueMs, loss } = peer.sending.bandwidth.stats(now);
  if (estimateBps === null) return;
  const bps = STEP_BPS * Math.round(estimateBps / STEP_BPS);
  if (toldLine !== null && Math.abs(bps - toldLine.bps) <= NEAR * toldLine.bps) return;
  connection.toldLine = { bps, atMs: now };
  const share = Math.round(Math.max(0, loss) * LOSS_STEPS) / LOSS_STEPS;
  state.tell({ type: 'line', connection: id, bps, queueMs: Math.round(queueMs), loss: share });
}
