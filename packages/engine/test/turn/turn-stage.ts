import { FakeAddressBook, FakeTxTable, nodeDigest, nodeHmac, SeededRandom } from '@madang/testkit';
import { latin1Bytes } from '../../src/bytes/index.js';
import { FORM, RX, RX_COLUMNS, type RxTable, TX, type TxTable } from '../../src/ports/index.js';
import { familyOf, padded, parseHost, type TransportAddress } from '../../src/stun/index.js';
import { addressAt, hostWords } from '../../src/turn/address-row.js';
import {
  DEFAULT_TURN_LIMITS,
  type DtlsDoor,
  parseHostRange,
  type TurnLimits,
  type TurnOperation,
  type TurnOptions,
  TurnServer,
  type TurnSizes,
} from '../../src/turn/index.js';
import { DONT_FRAGMENT } from '../../src/turn/relay-rows.js';

const SLOT_BYTES = 2_048;
const CLIENT_PORT_IX = 0;

/** What the server's announced addresses are in tests. */
export const RELAY4 = '198.18.5.1';
export const RELAY6 = '2a00:1::5';
export const SECRET = latin1Bytes('the secret of the tests');
/** The time of day when a stage begins. */
export const WALL_MS = 1_800_000_000_000;

export function address(text: string): TransportAddress {
  const at = text.lastIndexOf(':');
  const host = parseHost(text.slice(0, at).replace(/[[\]]/g, ''));
  if (host === null) throw new Error(`no address: ${text}`);
  return { host, port: Number(text.slice(at + 1)) };
}

export function addressText({ host, port }: TransportAddress): string {
  if (host.length === 4) return `${host.join('.')}:${port}`;
  const groups = Array.from({ length: 8 }, (_, ix) => ((host[2 * ix]! << 8) | host[2 * ix + 1]!).toString(16));
  return `[${groups.join(':')}]:${port}`;
}

/** A datagram that the server has sent. */
export interface Sent {
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
  readonly dontFragment: boolean;
}

type Options = Partial<Omit<TurnOptions, 'limits'>> & { readonly limits?: Partial<TurnLimits> };

/** What `sizes` says of a server that remembers nothing. */
export const NOTHING_LEFT: TurnSizes = {
  allocations: 0,
  users: 0,
  relays: 0,
  reservations: 0,
  streams: 0,
  connections: 0,
  deadlines: 0,
};

/** A TURN server in virtual time, with sockets that open at once, and what it sends and does. */
export class TurnStage {
  readonly server: TurnServer;
  readonly book = new FakeAddressBook(20_000);
  readonly sent: Sent[] = [];
  readonly operations: TurnOperation[] = [];
  /** Relayed ports that another program has. */
  readonly busy = new Set<number>();
  /** Whether sockets are opened by hand, with `settle`. */
  isSlow = false;
  now = 5_000;
  readonly #portOf = new Map<string, number>();
  readonly #names: string[] = ['server'];
  readonly #relayPorts = new Map<number, number>();
  readonly #waiting: Extract<TurnOperation, { type: 'bind' }>[] = [];
  readonly #tx: FakeTxTable;
  /** The batch that slots of the transmit table are of. */
  #rx: RxTable | null = null;

  constructor(options: Options = {}, seed = 1, rows = 64, dtls?: DtlsDoor) {
    const { limits, ...others } = options;
    this.#tx = new FakeTxTable({ txRows: rows, inlineBytes: rows * 1_500 }, (filled, inline) => {
      for (const row of filled) this.#collect(row, inline);
    });
    this.server = new TurnServer(
      {
        realm: 'madang',
        secrets: [SECRET],
        relayHosts: [RELAY4, RELAY6].map((text) => ({ host: parseHost(text)!, announced: parseHost(text)! })),
        relayPorts: { from: 49_152, to: 65_535 },
        ownHosts: [],
        servicePorts: [3478],
        mediaPorts: [40_000],
        allowedPeers: [parseHostRange('192.0.2.0/24')!, parseHostRange('2001:db8::/32')!],
        tcpRelays: true,
        dontFragment: true,
        oldChannels: false,
        ...others,
        limits: { ...DEFAULT_TURN_LIMITS, ...limits },
      },
      {
        random: new SeededRandom(seed),
        hmac: nodeHmac,
        digest: nodeDigest,
        addresses: this.book,
        ...(dtls && { dtls }),
      },
    );
    this.server.listen(CLIENT_PORT_IX);
    this.server.setClock(WALL_MS, this.now);
  }

  get wallMs(): number {
    return WALL_MS + this.now - 5_000;
  }

  /** A datagram of a client's reaches the server's port. Gives what was sent in return. */
  fromClient(client: string, bytes: Uint8Array): Sent[] {
    return this.#datagram(client, CLIENT_PORT_IX, bytes);
  }

  /** A datagram reaches a relayed address. */
  fromPeer(peer: string, relayed: string, bytes: Uint8Array): Sent[] {
    const portIx = this.#portOf.get(relayed);
    return portIx === undefined ? [] : this.#datagram(peer, portIx, bytes);
  }

  /** The index of a relayed address' port. */
  portIx(relayed: string): number {
    return this.#portOf.get(relayed) as number;
  }

  /** Calls a door of the server's, and does what it asks for. */
  act<T>(door: (tx: TxTable) => T, rx: RxTable | null = null): T {
    this.#rx = rx;
    const result = door(this.#tx);
    this.#carryOut();
    return result;
  }

  /** Lets time pass, ticking when the server asks for it. */
  advance(ms: number): void {
    const until = this.now + ms;
    for (let at = this.server.nextAt(); at !== null && at <= until; at = this.server.nextAt()) {
      this.now = Math.max(this.now, at);
      this.act((tx) => this.server.tick(this.now, tx));
    }
    this.now = until;
  }

  /** Opens, or refuses, the sockets that were asked for while slow. */
  settle(isOpened = true): void {
    for (const operation of this.#waiting.splice(0)) this.#settle(operation, isOpened);
  }

  /** All datagrams since the last look. */
  take(): Sent[] {
    return this.sent.splice(0);
  }

  /** What the server has asked for since the last look. */
  takeOperations(): TurnOperation[] {
    return this.operations.splice(0);
  }

  /** What was written to a stream since the last look. */
  written(stream: number): Uint8Array {
    const writes = this.operations.filter((operation) => operation.type === 'write' && operation.stream === stream);
    for (const write of writes) this.operations.splice(this.operations.indexOf(write), 1);
    return Uint8Array.from(writes.flatMap((write) => (write.type === 'write' ? [...write.bytes] : [])));
  }

  rx(source: string, portIx: number, bytes: Uint8Array): RxTable {
    const { host, port } = address(source);
    const ix = this.book.enter(familyOf(host), port, ...hostWords(host));
    const rows = new Int32Array(RX_COLUMNS);
    const slab = new Uint8Array(2 * SLOT_BYTES).fill(0xee);
    rows[RX.SLOT] = 1;
    rows[RX.LENGTH] = bytes.length;
    rows[RX.ADDRESS_IX] = ix;
    rows[RX.PORT_IX] = portIx;
    slab.set(bytes, SLOT_BYTES);
    return { rows, count: 1, slab, slotBytes: SLOT_BYTES };
  }

  #datagram(source: string, portIx: number, bytes: Uint8Array): Sent[] {
    const rx = this.rx(source, portIx, bytes);
    this.#rx = rx;
    this.server.packets(rx, this.now, this.#tx);
    this.#carryOut();
    return this.take();
  }

  #carryOut(): void {
    this.#tx.flush();
    for (let todo = this.server.drain(); todo.length > 0; todo = this.server.drain()) {
      for (const operation of todo) this.#do(operation);
    }
  }

  #do(operation: TurnOperation): void {
    this.operations.push(operation);
    if (operation.type === 'unbind') this.#unbind(operation.relay);
    if (operation.type !== 'bind') return;
    if (this.isSlow) this.#waiting.push(operation);
    else this.#settle(operation, !this.busy.has(operation.address.port));
  }

  #settle(operation: Extract<TurnOperation, { type: 'bind' }>, isOpened: boolean): void {
    const { relay, transport } = operation;
    if (!isOpened) this.server.relays.bindFailed(relay, this.now, this.#tx);
    else if (transport === 'tcp') this.server.relays.bound(relay, -1, this.now, this.#tx);
    else {
      const portIx = this.#names.length;
      this.#names.push(addressText(operation.address));
      this.#portOf.set(addressText(operation.address), portIx);
      this.#relayPorts.set(relay, portIx);
      this.server.relays.bound(relay, portIx, this.now, this.#tx);
    }
    this.#carryOut();
  }

  #unbind(relay: number): void {
    const portIx = this.#relayPorts.get(relay);
    if (portIx === undefined) return;
    this.#relayPorts.delete(relay);
    this.#portOf.delete(this.#names[portIx] as string);
  }

  /** How many relayed sockets are open. */
  get openSockets(): number {
    return this.#relayPorts.size;
  }

  #collect(row: Int32Array, inline: Uint8Array): void {
    const column = (ix: number) => row[ix]!;
    const form = column(TX.FORM);
    const offset = column(TX.OFFSET);
    const slot = column(TX.SLOT);
    const from = slot < 0 ? offset : slot * SLOT_BYTES + offset;
    const payload = (slot < 0 ? inline : this.#rx!.slab).subarray(from, from + column(TX.LENGTH));
    const hasHeader = (form & FORM.EXTRA) !== 0;
    const header = hasHeader
      ? inline.subarray(column(TX.EXTRA) >>> 8, (column(TX.EXTRA) >>> 8) + (column(TX.EXTRA) & 255))
      : [];
    const padding = (form & FORM.PAD4) !== 0 ? new Uint8Array(padded(payload.length) - payload.length) : [];
    this.sent.push({
      from: this.#names[column(TX.PORT_IX)] as string,
      to: addressText(addressAt(this.book, column(TX.DESTINATION_IX)) as TransportAddress),
      bytes: Uint8Array.from([...header, ...payload, ...padding]),
      dontFragment: (form & DONT_FRAGMENT) !== 0,
    });
  }
}
