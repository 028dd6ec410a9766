import type { Messages } from '../../messages/index.js';
import { drawLines } from '../table.js';
import { inEnglish } from '../verdict.js';
import { judgeWalk } from './judge-walk.js';
import type { TurnRoute, TurnWalk } from './turn-walk.js';

/** Whether a way to a relay is blocked. */
export function blocksRelays(walks: readonly TurnWalk[]): boolean {
  return walks.some((walk) => judgeWalk(walk).status === 'bad');
}

/** The walks as a table for a terminal, each with its times, or with the step that failed and what to do. */
export function drawWalks(walks: readonly TurnWalk[], messages: Messages, colour: boolean): string {
  const lines = walks.map((walk) => ({ title: titleOf(walk, messages), verdict: judgeWalk(walk) }));
  return drawLines(lines, messages, colour);
}

/** What all walks come to, in one sentence. */
export function summaryOfWalks(walks: readonly TurnWalk[], messages: Messages): string {
  const failed = walks.filter((walk) => judgeWalk(walk).status === 'bad');
  const [first] = failed;
  if (first === undefined) return messages.turn.allWell(walks.length);
  return messages.turn.someFailed(
    failed.length,
    walks.length,
    `${titleOf(first, messages)}, ${stepOf(first, messages)}`,
  );
}

/** The walks for programs: steps, causes and states are stable, sentences are English and may be reworded. */
export function walksAsJson(walks: readonly TurnWalk[]) {
  return walks.map((walk) => {
    const { route, family, passed, end } = walk;
    const steps = passed.map(({ step, tookMs }) => ({ step, tookMs: Math.round(tookMs * 1_000) / 1_000 }));
    return {
      url: route.url,
      transport: route.transport,
      address: route.address,
      port: route.port,
      family,
      given: end.kind !== 'not-given',
      steps,
      failed: end.kind === 'failed' ? end.step : null,
      cause: end.kind === 'failed' ? end.fault.cause : null,
      ...inEnglish(judgeWalk(walk)),
    };
  });
}

function stepOf({ end }: TurnWalk, { turn }: Messages): string {
  return end.kind === 'failed' ? turn.steps[end.step] : '';
}

function titleOf({ route, family }: TurnWalk, { turn }: Messages): string {
  return `${route.transport.toUpperCase()} ${endpointOf(route)}, ${turn.relay(family)}`;
}

function endpointOf({ host, address, port }: TurnRoute): string {
  const at = address ?? host;
  return at.includes(':') ? `[${at}]:${port}` : `${at}:${port}`;
}
