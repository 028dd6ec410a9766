import * as datachannel from 'node-datachannel';
import { until } from './media-guest.js';

/** Who answers offers of the server's, by libdatachannel on loopback, and keeps what comes. */
export class AnsweringPeer {
  readonly #peer: datachannel.PeerConnection;
  readonly #packets = new Map<string, Buffer[]>();
  /** Libdatachannel forgets tracks that nobody holds. */
  readonly #tracks: datachannel.Track[] = [];

  constructor(name: string) {
    const settings = { iceServers: [], bindAddress: '127.0.0.1', disableAutoNegotiation: true };
    this.#peer = new datachannel.PeerConnection(name, settings);
    this.#peer.onTrack((track) => {
      const mid = track.mid();
      this.#tracks.push(track);
      track.onMessage((packet) => this.#packets.set(mid, [...(this.#packets.get(mid) ?? []), packet]));
    });
  }

  answer(offer: string): Promise<string> {
    this.#peer.setRemoteDescription(offer, 'offer');
    return describe(this.#peer, 'answer');
  }

  /** Resolves when there are a path and keys. */
  async connected(): Promise<void> {
    await until(() => this.#peer.state() === 'connected');
  }

  /** How many packets of sound have come in a section. */
  count(mid: string | undefined): number {
    return (this.#packets.get(mid ?? '') ?? []).filter(isSound).length;
  }

  close(): void {
    this.#peer.close();
  }
}

/** What a peer says of itself. The server is ICE lite and waits for checks: candidates are of no use to it. */
export function describe(peer: datachannel.PeerConnection, type: 'offer' | 'answer'): Promise<string> {
  return new Promise((resolve) => {
    peer.onLocalDescription((sdp, described) => {
      if (described === type) resolve(sdp);
    });
    peer.setLocalDescription(type as datachannel.DescriptionType);
  });
}

/** Not RTCP, which comes the same way (RFC 5761 §4). */
function isSound(packet: Buffer): boolean {
  return packet[1]! < 192 || packet[1]! > 223;
}
