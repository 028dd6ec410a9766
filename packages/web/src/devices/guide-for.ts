import type { DeviceErrorKind } from '@madang/client';
import type { Platform } from '../platform/read-platform.js';

/** What to do about a problem, in this browser on this system: one list of steps each. */
export type Guide =
  | 'denied-chromium'
  | 'denied-firefox'
  | 'denied-safari'
  | 'denied-android'
  | 'denied-samsung'
  | 'denied-firefox-android'
  | 'denied-iphone'
  | 'denied-iphone-app'
  | 'policy'
  | 'system-windows'
  | 'system-macos'
  | 'system-android'
  | 'system-ios'
  | 'system-linux'
  | 'system-chromeos'
  | 'system-other'
  | 'not-found'
  | 'not-found-phone'
  | 'in-use'
  | 'in-use-phone'
  | 'overconstrained'
  | 'insecure'
  | 'unsupported'
  | 'unsupported-iphone'
  | 'unknown';

const isPhone = ({ system }: Platform) => system === 'android' || system === 'ios';

function deniedGuide({ browser, system }: Platform): Guide {
  if (system === 'ios') return browser === 'safari' ? 'denied-iphone' : 'denied-iphone-app';
  if (system === 'android') {
    if (browser === 'samsung') return 'denied-samsung';
    return browser === 'firefox' ? 'denied-firefox-android' : 'denied-android';
  }
  if (browser === 'firefox') return 'denied-firefox';
  return browser === 'safari' ? 'denied-safari' : 'denied-chromium';
}

/** The steps that lead out of a problem. */
export function guideFor(kind: DeviceErrorKind, platform: Platform): Guide {
  switch (kind) {
    case 'denied':
      return deniedGuide(platform);
    case 'denied-by-policy':
      return 'policy';
    case 'denied-by-system':
      return `system-${platform.system}`;
    case 'not-found':
      return isPhone(platform) ? 'not-found-phone' : 'not-found';
    case 'in-use':
      return isPhone(platform) ? 'in-use-phone' : 'in-use';
    case 'overconstrained':
    case 'insecure':
      return kind;
    case 'unsupported':
      return platform.system === 'ios' ? 'unsupported-iphone' : 'unsupported';
    case 'cancelled':
    case 'unknown':
      return 'unknown';
  }
}
