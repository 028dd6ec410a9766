import { type Candidate, hostCandidates } from '@madang/engine';
import { BindError, type MediaPlane, type TcpPorts } from '@madang/native';
import type { NetworkAddress } from '../network/index.js';
import { type MediaAddresses, mediaAddresses, type ReachedAs } from './media-addresses.js';
import { MediaListenError } from './media-listen-error.js';
import type { MediaPlace } from './media-place.js';

type Ports = Pick<MediaPlane, 'bind' | 'unbind'> & TcpPorts;

/** What a machine may have found out about itself. */
export interface Whereabouts {
  readonly found: () => readonly NetworkAddress[];
  /** As of now; it may change. */
  readonly routed: () => readonly string[];
}

/** A port that is free on one address may be taken on another: then another one is tried, so many in all. */
const MOST_FREE_PORTS = 8;
const NO_SUCH_ADDRESS = /^(?:EAFNOSUPPORT|EADDRNOTAVAIL)$/;

/** Indices of the plane of one address. */
interface OpenPorts {
  readonly udpIx: number;
  readonly tcpIx: number;
}

/** The sockets of a media thread: the same port for UDP and TCP on each address, while the machine has that address. */
export class MediaSockets {
  readonly port: number;
  readonly #ports: Ports;
  readonly #place: MediaPlace;
  readonly #whereabouts: Whereabouts;
  readonly #open = new Map<string, OpenPorts>();

  /** Opens everything or nothing. Throws `MediaListenError` for a port that can't be opened. */
  constructor(ports: Ports, place: MediaPlace, whereabouts: Whereabouts) {
    this.#ports = ports;
    this.#place = place;
    this.#whereabouts = whereabouts;
    this.port = this.#openAll();
  }

  /** Where somebody is told to send to, the best first: read anew, for addresses come and go. */
  announced(reachedAs: ReachedAs = null): readonly string[] {
    const { sockets, announced } = this.#addresses(reachedAs);
    for (const address of this.#open.keys()) if (!sockets.includes(address)) this.#shut(address);
    for (const address of sockets) this.#openLate(address);
    return announced.filter((address) => this.#open.has(address) || !sockets.includes(address));
  }

  candidates(reachedAs: ReachedAs): readonly Candidate[] {
    return hostCandidates({ addresses: this.announced(reachedAs), udpPort: this.port, tcpPort: this.port });
  }

  #addresses(reachedAs: ReachedAs = null): MediaAddresses {
    const { found, routed } = this.#whereabouts;
    const { bind, announce } = this.#place;
    return mediaAddresses({ bind, announce, found: found(), routed: routed() }, reachedAs);
  }

  #openAll(): number {
    for (let tries = 1; ; tries += 1) {
      try {
        return this.#openFirst();
      } catch (error) {
        for (const address of this.#open.keys()) this.#shut(address);
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
        port = this.#openBoth(address, port);
      } catch (error) {
        if (!(error instanceof MediaListenError)) throw error;
        if (!NO_SUCH_ADDRESS.test(error.code) || this.#place.bind.includes(address)) throw error;
      }
    }
    if (this.#open.size > 0) return port;
    throw new MediaListenError({ transport: 'UDP', address: '0.0.0.0', port, code: 'EADDRNOTAVAIL' });
  }

  /** Both or neither; which port it was. */
  #openBoth(ip: string, wanted: number): number {
    const { portIx: udpIx, port } = this.#openOne('UDP', ip, wanted);
    try {
      const { portIx: tcpIx } = this.#openOne('TCP', ip, port);
      this.#open.set(ip, { udpIx, tcpIx });
      return port;
    } catch (error) {
      this.#ports.unbind(udpIx);
      throw error;
    }
  }

  #openOne(transport: 'UDP' | 'TCP', ip: string, port: number): { readonly portIx: number; readonly port: number } {
    try {
      return transport === 'UDP' ? this.#ports.bind({ ip, port }) : this.#ports.listenTcp({ ip, port });
    } catch (error) {
      throw error instanceof BindError
        ? new MediaListenError({ transport, address: ip, port, code: error.code })
        : error;
    }
  }

  #shut(address: string): void {
    const { udpIx, tcpIx } = this.#open.get(address)!;
    this.#open.delete(address);
    this.#ports.unbind(udpIx);
    this.#ports.unbind(tcpIx);
  }

  /** What can't be opened now is tried again at the next description. */
  #openLate(address: string): void {
    if (this.#open.has(address)) return;
    try {
      this.#openBoth(address, this.port);
    } catch (error) {
      if (!(error instanceof MediaListenError)) throw error;
    }
  }
}
