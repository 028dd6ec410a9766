import { createRequire } from 'node:module';
import type { RawDtlsIdentityClass, RawDtlsSessionClass, RawHelloGuardClass, RawSrtpPairClass } from './raw-crypto.js';
import type { RawPlaneClass } from './raw-plane.js';

/** What the compiled addon exports. Its classes are wrapped by the files of this package and not used directly. */
export interface Addon {
  readonly versions: { readonly openssl: string };
  /** The batch table as C++ has it. */
  readonly tables: Readonly<Record<'RX' | 'TX' | 'KIND' | 'FORM', Readonly<Record<string, number>>>>;
  /** A descriptor, or a negative errno. */
  bindTcp(ip: string, port: number, joins: boolean): number;
  readonly MediaPlane: RawPlaneClass;
  readonly DtlsIdentity: RawDtlsIdentityClass;
  readonly DtlsSession: RawDtlsSessionClass;
  readonly HelloGuard: RawHelloGuardClass;
  readonly SrtpPair: RawSrtpPairClass;
}

/** The addon was not built, or not for this Node: the message is one sentence for people. */
export class AddonMissing extends Error {
  override readonly name = 'AddonMissing';
}

const require = createRequire(import.meta.url);

/**
 * The addon, loaded at the first call in each thread.
 * Throws `AddonMissing` when there is none: everything that needs no addon works without it.
 */
export function loadAddon(): Addon {
  try {
    return require('../build/Release/madang.node') as Addon;
  } catch (cause) {
    throw new AddonMissing('The media addon is not built; "npm run build" tries again and says what is missing.', {
      cause,
    });
  }
}

/** Whether the addon can be loaded. Tests that need it are skipped where it can't. */
export function hasAddon(): boolean {
  try {
    loadAddon();
    return true;
  } catch {
    return false;
  }
}
