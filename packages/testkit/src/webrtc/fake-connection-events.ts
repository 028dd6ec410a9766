import type { FakeDataChannel } from './fake-data-channel.js';

export type SignalingState = 'stable' | 'have-local-offer' | 'have-remote-offer' | 'closed';
export type ConnectionState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

/** The states of a fake connection, and the events it tells, to listeners in `onTYPE` and to those added. */
export abstract class FakeConnectionEvents extends EventTarget {
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: object | null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  ondatachannel: ((event: { channel: FakeDataChannel }) => void) | null = null;
  connectionState: ConnectionState = 'new';
  #signalingState: SignalingState = 'stable';

  get signalingState(): SignalingState {
    return this.#signalingState;
  }

  protected enter(state: SignalingState): void {
    this.#signalingState = state;
    // As of the W3C, closing it oneself fires no event.
    if (state === 'closed') this.connectionState = 'closed';
    else this.fire('signalingstatechange');
  }

  protected fire(type: string, fields: object = {}): void {
    const event = Object.assign(new Event(type), fields);
    (this as unknown as Record<string, ((event: Event) => void) | null | undefined>)[`on${type}`]?.(event);
    this.dispatchEvent(event);
  }
}
