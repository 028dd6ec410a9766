import { type Candidate, hostCandidates } from '@madang/engine';
import { BindError, type MediaPlane } from '@madang/native';
import type { NetworkAddress } from '../network/index.js';
import { type MediaAddresses, mediaAddresses } from './media-addresses.js';
import { MediaListenError } from './media-listen-error.js';
import type { MediaPlace } from './media-place.js';

type Ports = Pick<MediaPlane, 'bind' | 'unbind'>;

/** What a machine may have found out about itself. */
export interface Whereabouts {
  readonly found: () => readonly NetworkAddress[];
  /** As of now; it may change. */
  readonly routed: () => readonly string[];
}

/** A port that is free on one address may be taken on another: then another one is tried, so many in all. */
const MOST_FREE_PORTS = 8;
const NO_SUCH_ADDRESS = /^(?:EAFNOSUPPORT|EADDRNOTAVAIL)$/;

/** The sockets of a media thread: the same UDP port on each address, while the machine has that address. */
export class MediaSockets {
  readonly port: number;
  readonly #ports: Ports;
  readonly #place: MediaPlace;
  readonly #whereabouts: Whereabouts;
  /** Indices of the plane by address. */
  readonly #open = new Map<string, number>();

  /** Opens everything or nothing. Throws `MediaListenError` for a port that can't be opened. */
  constructor(ports: Ports, place: MediaPlace, whereabouts: Whereabouts) {
    this.#ports = ports;
    this.#place = place;
    this.#whereabouts = whereabouts;
    this.port = this.#openAll();
  }

  /** Where other sides are told to send to, the best first: read anew, for addresses come and go. */
  announced(): readonly string[] {
    const { sockets, announced } = this.#addresses();
    for (const [address, portIx] of this.#open) {
      if (sockets.includes(address)) continue;
      this.#open.delete(address);
      this.#ports.unbind(portIx);
    }
    for (const address of sockets) this.#openLate(address);
    return announced.filter((address) => this.#open.has(address) || !sockets.includes(address));
  }

  candidates(): readonly Candidate[] {
    return hostCandidates({ addresses: this.announced(), udpPort: this.port, tcpPort: null });
  }

  #addresses(): MediaAddresses {
    const { found, routed } = this.#whereabouts;
    const { bind, announce } = this.#place;
    return mediaAddresses({ bind, announce, found: found(), routed: routed() });
  }

  #openAll(): number {
    for (let tries = 1; ; tries += 1) {
      try {
        return this.#openFirst();
      } catch (error) {
        for (const portIx of this.#open.values()) this.#ports.unbind(portIx);
        this.#open.clear();
        const wasChosenFree =
          this.#place.port === 0 && error instanceof MediaListenError && error.code === 'EADDRINUSE';
        if (!wasChosenFree || tries === MOST_FREE_PORTS) throw error;
      }
    }
  }

  /** An address that was found but can't be opened, such as one that is not the machine's own yet, is left out. */
  #openFirst(): number {
    let { port } = this.#place;
    for (const address of this.#addresses().sockets) {
      try {
        const bound = this.#ports.bind({ ip: address, port });
        this.#open.set(address, bound.portIx);
        port = bound.port;
      } catch (error) {
        if (!(error instanceof BindError)) throw error;
        if (!NO_SUCH_ADDRESS.test(error.code) || this.#place.bind.includes(address)) {
          throw new MediaListenError({ address, port, code: error.code });
        }
      }
    }
    if (this.#open.size === 0) throw new MediaListenError({ address: '0.0.0.0', port, code: 'EADDRNOTAVAIL' });
    return port;
  }

  /** What can't be opened now is tried again at the next description. */
  #openLate(address: string): void {
    if (this.#open.has(address)) return;
    try {
      this.#open.set(address, this.#ports.bind({ ip: address, port: this.port }).portIx);
    } catch (error) {
      if (!(error instanceof BindError)) throw error;
    }
  }
}
