import { nodeDigest, nodeHmac } from '@madang/testkit';
import { latin1Bytes, latin1Text, readU16, readU32, writeU16, writeU32 } from '../../src/bytes/index.js';
import {
  ATTRIBUTE,
  type IntegrityKind,
  isSigned,
  longTermKey,
  MESSAGE_CLASS,
  METHOD,
  MessageWriter,
  type PasswordAlgorithm,
  padded,
  passwordAlgorithmsValue,
  readMessage,
  readXorAddress,
  type StunMessage,
  userhash,
} from '../../src/stun/index.js';
import { timeLimitedCredential } from '../../src/turn/index.js';
import { address, addressText, SECRET, type TurnStage } from './turn-stage.js';

export type Attribute = readonly [type: number, value: Uint8Array | readonly number[]];

/** What a response says, in words. */
export interface Reply {
  /** 0 for a success. */
  readonly code: number;
  readonly message: StunMessage;
}

export const UDP: Attribute = [ATTRIBUTE.REQUESTED_TRANSPORT, [17, 0, 0, 0]];
export const TCP: Attribute = [ATTRIBUTE.REQUESTED_TRANSPORT, [6, 0, 0, 0]];

export function u32(type: number, value: number): Attribute {
  const bytes = new Uint8Array(4);
  writeU32(bytes, 0, value);
  return [type, bytes];
}

export const lifetime = (seconds: number) => u32(ATTRIBUTE.LIFETIME, seconds);
export const channelNumber = (number: number) => u32(ATTRIBUTE.CHANNEL_NUMBER, number * 0x1_0000);

/** Stands for XOR-PEER-ADDRESS with an address in text, until the message that it is XORed with is there. */
const PLAIN_PEER = -1;

export const peerAddress = (text: string): Attribute => [PLAIN_PEER, latin1Bytes(text)];

interface Style {
  readonly algorithm?: PasswordAlgorithm;
  readonly kind?: IntegrityKind;
  readonly hasUserhash?: boolean;
}

/** A client that knows TURN well enough to test a server: it does what it is told, right or wrong. */
export class TurnClient {
  readonly stage: TurnStage;
  readonly at: string;
  stream: number | null = null;
  username: string;
  password: string;
  realm = 'madang';
  nonce: Uint8Array | null = null;
  style: Style = {};
  #transactions = 0;
  #arrived = new Uint8Array(0);

  constructor(stage: TurnStage, at: string, account = 'min', secondsLeft = 3_600) {
    this.stage = stage;
    this.at = at;
    const credential = timeLimitedCredential(SECRET, account, stage.wallMs + 1_000 * secondsLeft, nodeHmac);
    this.username = credential.username;
    this.password = credential.credential;
  }

  /** Comes over TCP from now on. */
  overTcp(): this {
    return this.over('tcp');
  }

  /** Has a connection of its own from now on. */
  over(transport: Parameters<TurnStage['server']['streams']['open']>[0]): this {
    const { server, now } = this.stage;
    this.stream = this.stage.act(() => server.streams.open(transport, address(this.at), now));
    return this;
  }

  get key(): Uint8Array {
    const [username, realm, password] = [this.username, this.realm, this.password].map(latin1Bytes);
    return longTermKey(this.style.algorithm ?? 'md5', username!, realm!, password!, nodeDigest);
  }

  transaction(): Uint8Array {
    const bytes = latin1Bytes(this.at.padEnd(12).slice(0, 12));
    writeU32(bytes, 8, ++this.#transactions);
    return bytes;
  }

  /** A message with these attributes, without credentials. */
  plain(method: number, attributes: readonly Attribute[], messageClass: number = MESSAGE_CLASS.REQUEST): Uint8Array {
    return this.#begin(method, attributes, messageClass, this.transaction()).finish();
  }

  /** A request with credentials. */
  signed(method: number, attributes: readonly Attribute[], transaction = this.transaction()): Uint8Array {
    const { algorithm, kind = 'sha1', hasUserhash } = this.style;
    const writer = this.#begin(method, attributes, MESSAGE_CLASS.REQUEST, transaction);
    const username = latin1Bytes(this.username);
    const realm = latin1Bytes(this.realm);
    if (hasUserhash) writer.add(ATTRIBUTE.USERHASH, userhash(username, realm, nodeDigest));
    else writer.add(ATTRIBUTE.USERNAME, username);
    writer.add(ATTRIBUTE.REALM, realm).add(ATTRIBUTE.NONCE, this.nonce ?? new Uint8Array(0));
    if (algorithm !== undefined) {
      writer.add(ATTRIBUTE.PASSWORD_ALGORITHMS, passwordAlgorithmsValue(['sha256', 'md5']));
      writer.add(ATTRIBUTE.PASSWORD_ALGORITHM, passwordAlgorithmsValue([algorithm]));
    }
    return writer.addIntegrity(kind, this.key, nodeHmac).finish();
  }

  /** Sends bytes, and gives the messages that come back. */
  exchange(bytes: Uint8Array): Uint8Array[] {
    if (this.stream === null)
      return this.stage
        .fromClient(this.at, bytes)
        .filter(({ to }) => to === this.at)
        .map((sent) => sent.bytes);
    const { server } = this.stage;
    const stream = this.stream;
    this.stage.act((tx) => server.streams.receive(stream, bytes, this.stage.now, tx));
    return this.received();
  }

  /** The messages that a stream has brought since the last look. */
  received(): Uint8Array[] {
    this.#arrived = Uint8Array.from([...this.#arrived, ...this.stage.written(this.stream as number)]);
    const messages: Uint8Array[] = [];
    while (this.#arrived.length >= 4) {
      const isChannel = this.#arrived[0]! >= 0x40;
      const length = readU16(this.#arrived, 2) + (isChannel ? 4 : 20);
      messages.push(this.#arrived.slice(0, length));
      this.#arrived = this.#arrived.slice(padded(length));
    }
    return messages;
  }

  /** Asks with credentials, getting a nonce first if there is none. */
  ask(method: number, ...attributes: Attribute[]): Reply {
    if (this.nonce === null) this.challenge(method);
    return this.reply(this.exchange(this.signed(method, attributes)));
  }

  /** Gets a nonce the way clients do: by asking without. */
  challenge(method: number = METHOD.ALLOCATE): Reply {
    const reply = this.reply(this.exchange(this.plain(method, [UDP])));
    this.nonce = reply.message.value(ATTRIBUTE.NONCE)!.slice();
    return reply;
  }

  /** The one response among messages. */
  reply(messages: readonly Uint8Array[]): Reply {
    if (messages.length !== 1) throw new Error(`${messages.length} messages instead of one response`);
    const message = readMessage(messages[0]!);
    if (typeof message === 'string') throw new Error(message);
    return { code: message.messageClass === MESSAGE_CLASS.SUCCESS ? 0 : message.errorCode()!, message };
  }

  isSigned({ message }: Reply): boolean {
    return isSigned(message, this.style.kind ?? 'sha1', this.key, nodeHmac);
  }

  /** Allocates, and gives the relayed addresses. */
  allocate(...attributes: Attribute[]): string[] {
    const reply = this.ask(
      METHOD.ALLOCATE,
      ...(attributes.some(([type]) => type === UDP[0]) ? [] : [UDP]),
      ...attributes,
    );
    if (reply.code !== 0) throw new Error(`Allocate was answered with ${reply.code}`);
    return relayed(reply);
  }

  permit(...peers: string[]): number {
    return this.ask(METHOD.CREATE_PERMISSION, ...peers.map(peerAddress)).code;
  }

  bind(number: number, peer: string): number {
    return this.ask(METHOD.CHANNEL_BIND, channelNumber(number), peerAddress(peer)).code;
  }

  refresh(...attributes: Attribute[]): Reply {
    return this.ask(METHOD.REFRESH, ...attributes);
  }

  /** The bytes of a Send indication. */
  sending(peer: string, data: string, ...more: Attribute[]): Uint8Array {
    const attributes = [peerAddress(peer), [ATTRIBUTE.DATA, latin1Bytes(data)] as const, ...more];
    return this.plain(METHOD.SEND, attributes, MESSAGE_CLASS.INDICATION);
  }

  /** Sends a Send indication, and tells what reached whom, as `from > to: data`. */
  send(peer: string, data: string, ...more: Attribute[]): string[] {
    return this.#relayedBy(this.sending(peer, data, ...more));
  }

  /** The same by a channel. */
  sendChannel(number: number, data: string): string[] {
    return this.#relayedBy(channelData(number, data, this.stream !== null));
  }

  #relayedBy(bytes: Uint8Array): string[] {
    if (this.stream === null) return this.stage.fromClient(this.at, bytes).map(sentText);
    this.exchange(bytes);
    return this.stage.take().map(sentText);
  }

  #begin(
    method: number,
    attributes: readonly Attribute[],
    messageClass: number,
    transaction: Uint8Array,
  ): MessageWriter {
    const writer = new MessageWriter(method, messageClass, transaction);
    for (const [type, value] of attributes) {
      const bytes = Uint8Array.from(value);
      if (type === PLAIN_PEER) writer.addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, address(latin1Text(bytes)));
      else writer.add(type, bytes);
    }
    return writer;
  }
}

export function channelData(number: number, data: string, isPadded = false): Uint8Array {
  const bytes = new Uint8Array(isPadded ? padded(4 + data.length) : 4 + data.length);
  writeU16(bytes, 0, number);
  writeU16(bytes, 2, data.length);
  bytes.set(latin1Bytes(data), 4);
  return bytes;
}

export function sentText({ from, to, bytes }: { from: string; to: string; bytes: Uint8Array }): string {
  return `${from} > ${to}: ${latin1Text(bytes)}`;
}

/** What a client was sent from a peer, in words: `channel 4000: data` or `192.0.2.7:9: data`. */
export function dataText(bytes: Uint8Array): string {
  if (bytes[0]! >= 0x40) {
    return `channel ${readU16(bytes, 0).toString(16)}: ${latin1Text(bytes.subarray(4, 4 + readU16(bytes, 2)))}`;
  }
  const message = readMessage(bytes);
  if (typeof message === 'string') throw new Error(message);
  if (message.method !== METHOD.DATA || message.messageClass !== MESSAGE_CLASS.INDICATION)
    throw new Error('no Data indication');
  const data = message.value(ATTRIBUTE.DATA);
  return `${addressText(message.xorAddress(ATTRIBUTE.XOR_PEER_ADDRESS)!)}: ${data === null ? 'none' : latin1Text(data)}`;
}

export function relayed({ message }: Reply): string[] {
  return message
    .values(ATTRIBUTE.XOR_RELAYED_ADDRESS)
    .map((value) => addressText(readXorAddress(value, message.bytes)!));
}

export function lifetimeOf({ message }: Reply): number {
  return readU32(message.value(ATTRIBUTE.LIFETIME)!, 0);
}
