import * as datachannel from 'node-datachannel';
import { until } from './media-guest.js';

const PAYLOAD_TYPE = 111;
let lastSsrc = 7_000;

/** Somebody who came to a running server by WHIP or WHEP, with a connection by libdatachannel. */
export class WhipGuest {
  readonly session: string;
  readonly #peer: datachannel.PeerConnection;
  /** Held as long as the connection: the library comes to grief over one that was collected. */
  readonly #track: datachannel.Track;

  private constructor(peer: datachannel.PeerConnection, track: datachannel.Track, session: string) {
    this.#peer = peer;
    this.#track = track;
    this.session = session;
  }

  /** Comes to the address of a door. Resolves when the connection is there. */
  static async enter(door: string): Promise<WhipGuest> {
    const peer = new datachannel.PeerConnection('guest', { iceServers: [], disableAutoNegotiation: true });
    const sends = new URL(door).pathname.startsWith('/whip/');
    const audio = new datachannel.Audio('sound', sends ? 'SendOnly' : 'RecvOnly');
    audio.addOpusCodec(PAYLOAD_TYPE);
    if (sends) audio.addSSRC(++lastSsrc, 'guest', 'stream', 'sound');
    const track = peer.addTrack(audio);
    const offered = new Promise<string>((resolve) => peer.onLocalDescription((sdp) => resolve(sdp)));
    peer.setLocalDescription('offer');
    const response = await offer(door, await offered);
    const answer = await response.text();
    if (response.status !== 201) throw new Error(`${door} answered ${response.status}: ${answer}`);
    peer.setRemoteDescription(answer, 'answer');
    await until(() => peer.state() === 'connected');
    return new WhipGuest(peer, track, new URL(response.headers.get('location')!, door).href);
  }

  /** Of its connection. */
  get state(): string {
    return this.#peer.state();
  }

  /** Takes leave of the door; gives the status of the answer. */
  async takeLeave(): Promise<number> {
    return (await fetch(this.session, { method: 'DELETE' })).status;
  }

  close(): void {
    this.#peer.close();
    this.#track.close();
  }
}

/** Sends an offer to a door. */
export function offer(door: string, sdp: string): Promise<Response> {
  return fetch(door, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: sdp });
}
