import type { CodecCapability } from './codec-capability.js';
import { formatParameters } from './format-parameters.js';
import { h264Profile } from './h264-profile.js';
import type { CodecLine } from './session-description.js';

type Parameters = ReadonlyMap<string, string>;
/** The `fmtp` of the answer to an offered codec; null when it is not the codec that we know. */
type Rule = (offered: Parameters, ours: Parameters) => string | null;

/** A value that is only digits, letters and the like; anything else is as if it had not been written. */
const PLAIN = /^[A-Za-z0-9.-]{1,32}$/;

/** RFC 7798 §7.1: profile, tier and transmission mode with their defaults. The level may differ. */
const OF_H265: readonly (readonly [name: string, unstated: string])[] = [
  ['profile-space', '0'],
  ['profile-id', '1'],
  ['tier-flag', '0'],
  ['tx-mode', 'SRST'],
];

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['opus', opus],
  ['h264', h264],
  // RFC 9628 §6: without the parameter it is profile 0.
  ['vp9', sameParameters([['profile-id', '0']], ['profile-id'])],
  // The AV1 RTP specification, §7.2: the level and the tier are what the writer can receive, not what must be the same.
  ['av1', sameParameters([['profile', '0']], ['level-idx', 'profile', 'tier'])],
  ['h265', sameParameters(OF_H265, ['level-id', 'profile-id', 'tier-flag', 'tx-mode'])],
]);

/**
 * Whether `line` is the codec `capability`, and with which `fmtp` it is answered; null when it is another one. We decode
 * nothing, so levels are given back as they came: what a viewer can show is compared when it subscribes.
 */
export function matchCodec(line: CodecLine, capability: CodecCapability): string | null {
  const name = line.name.toLowerCase();
  if (name !== capability.name.toLowerCase() || line.clockRate !== capability.clockRate) return null;
  if (capability.kind === 'audio' && line.channels !== capability.channels) return null;
  const rule = RULES.get(name);
  return rule === undefined ? '' : rule(formatParameters(line.parameters), formatParameters(capability.parameters));
}

/** Stereo and DTX where the sender speaks of them, FEC as we like it (RFC 7587 §6.1: all are the receiver's wishes). */
function opus(offered: Parameters, ours: Parameters): string {
  const parts = [...ours].map(([name, value]) => `${name}=${value}`);
  const wishes: [name: string, asked: boolean][] = [
    ['stereo', offered.get('stereo') === '1' || offered.get('sprop-stereo') === '1'],
    ['usedtx', offered.get('usedtx') === '1'],
  ];
  for (const [name, asked] of wishes) if (asked && !ours.has(name)) parts.push(`${name}=1`);
  return parts.join(';');
}

/** RFC 6184 §8.2.2: profile and packetization mode must be the same; what else is offered is no matter of ours. */
function h264(offered: Parameters, ours: Parameters): string | null {
  const profileLevelId = offered.get('profile-level-id');
  const mode = offered.get('packetization-mode') ?? '0';
  const profile = h264Profile(profileLevelId);
  if (profile === null || profile !== h264Profile(ours.get('profile-level-id'))) return null;
  if (mode !== (ours.get('packetization-mode') ?? '0')) return null;
  const asymmetry = offered.get('level-asymmetry-allowed') === '1' ? ['level-asymmetry-allowed=1'] : [];
  const stated = profileLevelId === undefined ? [] : [`profile-level-id=${profileLevelId}`];
  return [...asymmetry, `packetization-mode=${mode}`, ...stated].join(';');
}

function sameParameters(same: readonly (readonly [name: string, unstated: string])[], given: readonly string[]): Rule {
  return (offered, ours) => {
    const value = (parameters: Parameters, name: string, unstated: string) =>
      (parameters.get(name) ?? unstated).toUpperCase();
    if (same.some(([name, unstated]) => value(offered, name, unstated) !== value(ours, name, unstated))) return null;
    return given
      .filter((name) => PLAIN.test(offered.get(name) ?? ''))
      .map((name) => `${name}=${offered.get(name)}`)
      .join(';');
  };
}
