import type { Source } from '@madang/protocol';
import type { DeviceErrorKind } from '../device-error-kind.js';
import { SOURCES } from '../sources.js';
import type { CauseId, Finding } from './finding.js';
import { isOpen } from './own-media.js';
import { NONE, type OwnRule } from './rule.js';

const BY_KIND: Partial<Record<DeviceErrorKind, CauseId>> = {
  denied: 'permission-denied',
  'denied-by-policy': 'permission-blocked-by-policy',
  'denied-by-system': 'permission-blocked-by-system',
  'not-found': 'no-device',
  'in-use': 'device-in-use',
  overconstrained: 'constraints-unmet',
  insecure: 'insecure-page',
};

/** A browser mutes a track for a moment when it changes devices; that is no fault. */
const HELD_BACK_MS = 1_500;
/** A camera may take its time between two pictures, in the dark for example. */
const FROZEN_MS = 4_000;

/** The page is neither HTTPS nor localhost: the browser has no devices to give. */
const insecurePage: OwnRule = ({ own }) => {
  const page = own.last('page', ({ secure }) => !secure);
  return page === undefined ? NONE : [finding('insecure-page', page.atMs, undefined, 'blocks')];
};

const deviceFailed: OwnRule = ({ own, sources }) => {
  const insecure = own.last('page')?.secure === false;
  return SOURCES.flatMap((source) => {
    const state = sources.get(source);
    if (state?.state !== 'failed' || insecure) return [];
    const { kind, name, message } = state.failure;
    const cause = BY_KIND[kind];
    if (cause === undefined) return [];
    return [finding(cause, state.sinceMs, source, 'blocks', { name, message })];
  });
};

const unplugged: OwnRule = ({ sources }) =>
  (['microphone', 'camera'] as const).flatMap((source) => {
    const state = sources.get(source);
    if (state?.state !== 'unplugged') return [];
    return [finding('device-unplugged', state.sinceMs, source, 'blocks', { device: state.label })];
  });

/** The browser says that nothing comes from the device: a switch on it, or the system, holds it back. */
const heldBack: OwnRule = ({ sources, nowMs }) =>
  (['microphone', 'camera'] as const).flatMap((source) => {
    const state = sources.get(source);
    if (!isOpen(state) || state.state === 'muted' || state.heldBackMs === undefined) return [];
    if (nowMs - state.heldBackMs < HELD_BACK_MS) return [];
    const cause = source === 'microphone' ? 'microphone-muted-by-system' : 'camera-frozen';
    return [finding(cause, state.heldBackMs, source, 'blocks', { device: state.label })];
  });

const silent: OwnRule = ({ own, sources, nowMs }) => {
  const microphone = sources.get('microphone');
  const last = own.last('microphone-silent');
  if (!isOpen(microphone) || microphone.state === 'muted' || last?.silent !== true) return NONE;
  if (last.atMs < microphone.sinceMs || isHeldBack(microphone.heldBackMs, nowMs)) return NONE;
  return [finding('microphone-silent', last.atMs, 'microphone', 'blocks', { device: microphone.label })];
};

/** A camera that is on and, by the statistics of every connection, gives no pictures. */
const frozen: OwnRule = ({ sources, peers, nowMs }) => {
  const camera = sources.get('camera');
  if (!isOpen(camera) || camera.state === 'muted' || isHeldBack(camera.heldBackMs, nowMs)) return NONE;
  const rates = [...peers.values()].flatMap(({ present }) =>
    present
      .all('sample')
      .filter(({ atMs }) => atMs > nowMs - FROZEN_MS - 1_000)
      .flatMap(({ atMs, sample }) =>
        sample.tracks
          .filter((track) => track.direction === 'sent' && track.source === 'camera')
          .flatMap(({ capturedPerSecond }) => (capturedPerSecond === undefined ? [] : [{ atMs, capturedPerSecond }])),
      ),
  );
  const oldest = Math.min(...rates.map(({ atMs }) => atMs));
  const still = rates.length > 0 && rates.every(({ capturedPerSecond }) => capturedPerSecond === 0);
  if (!still || nowMs - oldest < FROZEN_MS || nowMs - camera.sinceMs < FROZEN_MS) return NONE;
  return [finding('camera-frozen', oldest, 'camera', 'blocks', { device: camera.label })];
};

/** About one's own devices. */
export const mediaCauses: readonly OwnRule[] = [insecurePage, deviceFailed, unplugged, heldBack, silent, frozen];

const isHeldBack = (sinceMs: number | undefined, nowMs: number): boolean =>
  sinceMs !== undefined && nowMs - sinceMs >= HELD_BACK_MS;

function finding(
  cause: CauseId,
  sinceMs: number,
  source: Source | undefined,
  severity: Finding['severity'],
  evidence: Finding['evidence'] = {},
): Finding {
  return { cause, step: 'media', severity, sinceMs, evidence, ...(source === undefined ? {} : { source }) };
}
