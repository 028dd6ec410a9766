import { createPrivateKey } from 'node:crypto';
import { loadAddon } from './addon.js';
import type { RawDtlsIdentity } from './raw-crypto.js';
import type { SrtpProfile } from './srtp-profile.js';

/** A certificate and its private key, as PEM. */
export interface IdentityPem {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Who we are towards all DTLS peers: an ECDSA certificate on P-256 and its key. One per process is enough; threads share
 * it through `exportPem`. Each thread holds its own object.
 */
export class DtlsIdentity {
  /** For the other classes of this package. */
  readonly raw: RawDtlsIdentity;
  /** SHA-256 of the certificate as it stands in `a=fingerprint:sha-256` (RFC 8122 §5). */
  readonly fingerprint: string;

  private constructor(raw: RawDtlsIdentity) {
    this.raw = raw;
    this.fingerprint = formatFingerprint(raw.fingerprint());
  }

  /** A new key, and a certificate for it that is valid for a year. Costs about 0.2 ms. */
  static generate(): DtlsIdentity {
    return new DtlsIdentity(new (loadAddon().DtlsIdentity)());
  }

  /**
   * A certificate, with those that lead to its issuer behind it if there are any, and its key, of an elliptic curve or of RSA.
   * Throws when the texts can't be read, are locked by a passphrase, or do not belong together.
   */
  static load(pem: IdentityPem): DtlsIdentity {
    return new DtlsIdentity(new (loadAddon().DtlsIdentity)(pem.certificate, pkcs8Of(pem.key)));
  }

  /** Both as PEM, for another thread or a file: whoever has it can be us. */
  exportPem(): IdentityPem {
    return { certificate: this.raw.certificatePem(), key: this.raw.keyPem() };
  }

  /**
   * Which SRTP profiles sessions agree to from now on, best first; both GCM ones, then AES_CM_128_HMAC_SHA1_80, unless
   * this is called. Throws for an empty list.
   */
  setSrtpProfiles(profiles: readonly SrtpProfile[]): void {
    if (!this.raw.setProfiles(profiles)) throw new RangeError('no profiles, or one that is not known');
  }
}

/** The key in the one form that the addon reads (PKCS #8, RFC 5958); as it is where nobody can read it. */
export function pkcs8Of(key: string): string {
  if (key.includes('-----BEGIN PRIVATE KEY-----')) return key;
  try {
    return createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    return key;
  }
}

/** `AB:CD:…` of 32 bytes. */
export function formatFingerprint(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
}

/** The 32 bytes of a SHA-256 fingerprint as SDP writes it, in either case; null for anything else. */
export function parseFingerprint(text: string): Uint8Array | null {
  if (!/^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31}$/.test(text)) return null;
  return Uint8Array.from(text.split(':'), (byte) => Number.parseInt(byte, 16));
}
