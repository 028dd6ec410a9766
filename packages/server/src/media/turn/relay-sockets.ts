import type { TurnOperation, TurnServer, TxTable } from '@madang/engine';
import { BindError, type MediaPlane } from '@madang/native';
import { hostText } from '../host-text.js';

type RelayOperation = Extract<TurnOperation, { type: 'bind' | 'unbind' }>;

/** What one relayed address may have waiting in the system; more would only be late. */
const BUFFER_BYTES = 1 << 20;

/** The sockets of relayed addresses, opened and closed as the core asks. */
export class RelaySockets {
  readonly #plane: MediaPlane;
  readonly #events: TurnServer['relays'];
  /** By the core's number of a relay, the index of its port. */
  readonly #portIxs = new Map<number, number>();
  readonly #failures = new Map<string, number>();

  constructor(plane: MediaPlane, events: TurnServer['relays']) {
    this.#plane = plane;
    this.#events = events;
  }

  /** How often a socket could not be opened, by the system's name for why. */
  get failures(): ReadonlyMap<string, number> {
    return this.#failures;
  }

  carryOut(operation: RelayOperation, now: number, tx: TxTable): void {
    if (operation.type === 'unbind') {
      const portIx = this.#portIxs.get(operation.relay);
      if (portIx !== undefined) this.#plane.unbind(portIx);
      this.#portIxs.delete(operation.relay);
      return;
    }
    const portIx = operation.transport === 'udp' ? this.#open(operation) : null;
    if (portIx === null) this.#events.bindFailed(operation.relay, now, tx);
    else this.#events.bound(operation.relay, portIx, now, tx);
  }

  #open({ relay, address }: Extract<RelayOperation, { type: 'bind' }>): number | null {
    try {
      const { portIx } = this.#plane.bind({
        ip: hostText(address.host),
        port: address.port,
        forPeers: false,
        stamps: false,
        receiveBufferBytes: BUFFER_BYTES,
        sendBufferBytes: BUFFER_BYTES,
      });
      this.#portIxs.set(relay, portIx);
      return portIx;
    } catch (error) {
      if (!(error instanceof BindError)) throw error;
      this.#failures.set(error.code, (this.#failures.get(error.code) ?? 0) + 1);
      return null;
    }
  }
}
