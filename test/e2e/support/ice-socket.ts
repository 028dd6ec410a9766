import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type CheckOutcome, LiteAgents } from '../../../packages/engine/src/ice/index.js';
import {
  ADDRESS,
  ADDRESS_COLUMNS,
  RX,
  RX_COLUMNS,
  type RxTable,
  TX,
} from '../../../packages/engine/src/ports/index.js';
import { nodeHmac } from '../../../packages/testkit/src/crypto/node-hashes.js';
import { FakeTxTable } from '../../../packages/testkit/src/native/fake-tx-table.js';
import { SeededRandom } from '../../../packages/testkit/src/random/seeded-random.js';
import { FakeAddressBook } from '../../../packages/testkit/src/turn/fake-address-book.js';

const SLOT_BYTES = 2048;

/** A UDP socket on loopback with the engine's ICE-lite agents behind it, one row at a time. Nothing but STUN is answered. */
export class IceSocket {
  readonly book = new FakeAddressBook(256);
  readonly agents = new LiteAgents(this.book, nodeHmac, new SeededRandom(1));
  readonly outcomes: CheckOutcome[] = [];
  readonly #socket: Socket;
  readonly #tx = new FakeTxTable({ txRows: 16, inlineBytes: 16 * 1024 }, (rows, inline) => this.#send(rows, inline));

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (bytes, { address, port }) => this.#receive(bytes, address, port));
  }

  static async open(): Promise<IceSocket> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new IceSocket(socket);
  }

  get port(): number {
    return (this.#socket.address() as AddressInfo).port;
  }

  close(): void {
    this.#socket.close();
  }

  #receive(bytes: Uint8Array, address: string, port: number): void {
    if (bytes.length > SLOT_BYTES || bytes[0]! > 3) return;
    const [a, b, c, d] = address.split('.').map(Number) as [number, number, number, number];
    const rows = new Int32Array(RX_COLUMNS);
    rows[RX.LENGTH] = bytes.length;
    rows[RX.ADDRESS_IX] = this.book.enter(4, port, (a << 24) | (b << 16) | (c << 8) | d, 0, 0, 0);
    const rx: RxTable = { rows, count: 1, slab: Uint8Array.from(bytes), slotBytes: SLOT_BYTES };
    this.outcomes.push(this.agents.receive(rx, 0, performance.now(), this.#tx));
    this.#tx.flush();
  }

  #send(rows: readonly Int32Array[], inline: Uint8Array): void {
    for (const row of rows) {
      const at = row[TX.DESTINATION_IX]! * ADDRESS_COLUMNS;
      const host = this.book.rows[at + ADDRESS.WORD0]!;
      const address = [24, 16, 8, 0].map((shift) => (host >>> shift) & 255).join('.');
      const bytes = inline.slice(row[TX.OFFSET]!, row[TX.OFFSET]! + row[TX.LENGTH]!);
      this.#socket.send(bytes, this.book.rows[at + ADDRESS.PORT]!, address);
    }
  }
}
