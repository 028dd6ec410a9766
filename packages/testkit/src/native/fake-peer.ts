import type { PeerOptions } from '@madang/native';
import type { FakeDtls } from './fake-dtls.js';
import { FakeSrtp } from './fake-srtp.js';

/** Key and salt together, by the number of the profile. */
const SECRET_BYTES: Readonly<Record<number, number>> = { 1: 30, 2: 30, 7: 28, 8: 44 };

/** A peer of a fake plane. */
export class FakePeer {
  readonly extensionIds: NonNullable<PeerOptions['extensionIds']>;
  readonly addresses = new Set<number>();
  path: { readonly portIx: number; readonly addressIx: number } = { portIx: -1, addressIx: -1 };
  /** Where its last record came from. */
  lastPath = this.path;
  dtls: FakeDtls | null = null;
  sender: FakeSrtp | null = null;
  receiver: FakeSrtp | null = null;

  constructor({ extensionIds = {}, srtp }: PeerOptions) {
    this.extensionIds = extensionIds;
    if (srtp === undefined) return;
    const wanted = SECRET_BYTES[srtp.profile];
    if (srtp.send.length !== wanted || srtp.receive.length !== wanted)
      throw new RangeError('the keys do not have the lengths of the profile');
    this.key(srtp.send, srtp.receive);
  }

  key(send: Uint8Array, receive: Uint8Array): void {
    this.sender = new FakeSrtp(send);
    this.receiver = new FakeSrtp(receive);
  }
}
