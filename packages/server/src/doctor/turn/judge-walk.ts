import type { Sentence } from '../../messages/index.js';
import { moment } from '../amount.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';
import type { PassedStep, TurnFault, TurnWalk } from './turn-walk.js';

/**
 * What a walk comes to. Whatever fails blocks, but for an address of a kind that this machine has no way to: that says
 * nothing about the server.
 */
export function judgeWalk({ passed, end }: TurnWalk): Verdict {
  if (end.kind === 'whole') return ok((m) => timesOf(passed, m));
  if (end.kind === 'not-given') return ok((m) => m.turn.notGiven(6));
  const [why, remedy] = WORDS[end.fault.cause](end.fault as never);
  const value: Sentence = (m) => m.turn.failed(m.turn.steps[end.step], why(m));
  return end.fault.cause === 'no-route' ? warn(value, remedy) : bad(value, remedy);
}

function timesOf(passed: readonly PassedStep[], { turn }: Parameters<Sentence>[0]): string {
  return passed.map(({ step, tookMs }) => turn.took(turn.steps[step], shortMs(tookMs))).join(' · ');
}

/** Milliseconds as people read them: `0.4`, `12`. */
function shortMs(ms: number): string {
  return ms < 9.95 ? ms.toFixed(1) : String(Math.round(ms));
}

type Words<C extends TurnFault['cause']> = (fault: Extract<TurnFault, { readonly cause: C }>) => [Sentence, Sentence];

/** Of each cause: why, and the one thing to do. */
const WORDS: { readonly [C in TurnFault['cause']]: Words<C> } = {
  'no-address': ({ host }) => [({ turn }) => turn.fault.noAddress(host), ({ turn }) => turn.remedy.noAddress],
  'no-route': ({ code }) => [({ turn }) => turn.fault.noRoute(code), ({ turn }) => turn.remedy.noRoute],
  'port-closed': ({ port }) => [({ turn }) => turn.fault.portClosed(port), ({ turn }) => turn.remedy.portClosed(port)],
  silent: ({ port, seconds }) => [
    ({ turn }) => turn.fault.silent(port, seconds),
    ({ turn }) => turn.remedy.silent(port),
  ],
  'cut-off': ({ code }) => [({ turn }) => turn.fault.cutOff(code), ({ turn }) => turn.remedy.cutOff],
  certificate: ({ reason }) => [({ turn }) => turn.fault.certificate(reason), ({ turn }) => turn.remedy.certificate],
  'no-turn': ({ port }) => [({ turn }) => turn.fault.noTurn(port), ({ turn }) => turn.remedy.noTurn],
  expired: ({ username, expiredMs }) => [
    ({ turn }) => turn.fault.expired(username, moment(expiredMs)),
    ({ turn }) => turn.remedy.expired,
  ],
  'clock-skew': () => [({ turn }) => turn.fault.clockSkew, ({ turn }) => turn.remedy.clockSkew],
  'unknown-user': ({ username }) => [
    ({ turn }) => turn.fault.unknownUser(username),
    ({ turn }) => turn.remedy.unknownUser,
  ],
  'wrong-secret': ({ username }) => [
    ({ turn }) => turn.fault.wrongSecret(username),
    ({ turn }) => turn.remedy.wrongSecret,
  ],
  'no-credential': () => [({ turn }) => turn.fault.noCredential, ({ turn }) => turn.remedy.noCredential],
  realm: ({ realm, wanted }) => [({ turn }) => turn.fault.realm(realm, wanted), ({ turn }) => turn.remedy.realm],
  unproven: () => [({ turn }) => turn.fault.unproven, ({ turn }) => turn.remedy.unproven],
  'stale-nonce': () => [({ turn }) => turn.fault.staleNonce, ({ turn }) => turn.remedy.staleNonce],
  quota: () => [({ turn }) => turn.fault.quota, ({ turn }) => turn.remedy.quota],
  full: () => [({ turn }) => turn.fault.full, ({ turn }) => turn.remedy.full],
  refused: ({ code }) => [({ turn }) => turn.fault.refused(code), ({ turn }) => turn.remedy.refused(code)],
  'peer-refused': ({ peer }) => [({ turn }) => turn.fault.peerRefused(peer), ({ turn }) => turn.remedy.peerRefused],
  'echo-lost': ({ peer, seconds }) => [
    ({ turn }) => turn.fault.echoLost(peer, seconds),
    ({ turn }) => turn.remedy.echoLost,
  ],
};

/** Every cause that a walk may name; `docs/doctor.md` has a row for each. */
export const TURN_CAUSES = Object.keys(WORDS) as TurnFault['cause'][];
