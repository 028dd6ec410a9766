import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { nodeDigest, nodeHmac } from '@madang/testkit';
import {
  ATTRIBUTE,
  longTermKey,
  MESSAGE_CLASS,
  METHOD,
  MessageWriter,
  padded,
  readMessage,
  type StunMessage,
  type TransportAddress,
} from '../../engine/src/stun/index.js';
import { type TurnCredential, timeLimitedCredential } from '../../engine/src/turn/index.js';

export const SECRET = Buffer.from('the secret of the tests');
const REALM = 'madang';
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

/** How messages travel: whole ones in, whole ones out. */
export interface Wire {
  send(message: Uint8Array): void;
  onMessage(take: (message: Uint8Array) => void): void;
  readonly closed: Promise<void>;
  close(): void;
  /** Of a stream. */
  readonly socket?: Socket;
}

export async function udpWire(host: string, port: number): Promise<Wire> {
  const socket: UdpSocket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.connect(port, host);
  await once(socket, 'connect');
  return {
    send: (message) => socket.send(message),
    onMessage: (take) => socket.on('message', take),
    closed: new Promise((resolve) => socket.once('close', resolve)),
    close: () => socket.close(),
  };
}

export async function streamWire(transport: 'tcp' | 'tls', host: string, port: number, alpn?: string): Promise<Wire> {
  const socket =
    transport === 'tcp'
      ? connectTcp(port, host)
      : connectTls({ port, host, rejectUnauthorized: false, ...(alpn && { ALPNProtocols: [alpn] }) });
  await once(socket, transport === 'tcp' ? 'connect' : 'secureConnect');
  return framed(socket);
}

/** The type of a success of ConnectionBind: what follows is a peer's. */
const IS_BOUND = 0x010b;

/** Cuts what a stream brings into messages (RFC 8656 §3.1, §12.5). */
export function framed(socket: Socket): Wire {
  let arrived = Buffer.alloc(0);
  const takers: ((message: Uint8Array) => void)[] = [];
  const onData = (bytes: Buffer) => {
    arrived = Buffer.concat([arrived, bytes]);
    while (arrived.length >= 4) {
      const length = arrived.readUInt16BE(2) + (arrived[0]! >= 0x40 ? 4 : 20);
      if (arrived.length < padded(length)) return;
      const message = new Uint8Array(arrived.subarray(0, length));
      arrived = arrived.subarray(padded(length));
      for (const take of takers) take(message);
      if (((message[0]! << 8) | message[1]!) !== IS_BOUND) continue;
      socket.off('data', onData).pause();
      if (arrived.length > 0) socket.unshift(arrived);
      return;
    }
  };
  socket.on('data', onData);
  socket.on('error', () => {});
  return {
    send: (message) =>
      void socket.write(Buffer.concat([message, Buffer.alloc(padded(message.length) - message.length)])),
    onMessage: (take) => takers.push(take),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
    close: () => socket.destroy(),
    socket,
  };
}

/** A TURN client over a real wire, as far as tests of a server need one. */
export class WireClient {
  readonly wire: Wire;
  /** Payloads of channels and Data indications, as they came. */
  readonly data: string[] = [];
  readonly #username: string;
  readonly #password: string;
  readonly #replies = new Map<string, (message: StunMessage) => void>();
  #nonce: Uint8Array | null = null;
  #transactions = 0;
  #waiting: (() => void)[] = [];

  /** `proof` is a credential, or the account of one to be made with the secret of the tests. */
  constructor(wire: Wire, proof: string | TurnCredential = 'min') {
    const until = Date.now() + 3_600_000;
    const { username, credential } =
      typeof proof === 'string' ? timeLimitedCredential(SECRET, proof, until, nodeHmac) : proof;
    this.wire = wire;
    this.#username = username;
    this.#password = credential;
    wire.onMessage((bytes) => this.#take(bytes));
  }

  /** Allocates; gives the relayed address. */
  async allocate(family?: 4 | 6): Promise<TransportAddress> {
    const wanted =
      family === undefined ? [] : [[ATTRIBUTE.REQUESTED_ADDRESS_FAMILY, [family === 4 ? 1 : 2, 0, 0, 0]] as const];
    const reply = await this.ask(METHOD.ALLOCATE, [[ATTRIBUTE.REQUESTED_TRANSPORT, [17, 0, 0, 0]], ...wanted]);
    if (reply.errorCode() !== null) throw new Error(`Allocate is refused with ${reply.errorCode()}`);
    return reply.xorAddress(ATTRIBUTE.XOR_RELAYED_ADDRESS) as TransportAddress;
  }

  async permit(peer: TransportAddress): Promise<StunMessage> {
    return this.ask(METHOD.CREATE_PERMISSION, [], peer);
  }

  async bind(number: number, peer: TransportAddress): Promise<StunMessage> {
    return this.ask(METHOD.CHANNEL_BIND, [[ATTRIBUTE.CHANNEL_NUMBER, [number >> 8, number & 255, 0, 0]]], peer);
  }

  /** Through a channel. */
  say(number: number, text: string): void {
    const header = [number >> 8, number & 255, text.length >> 8, text.length & 255];
    this.wire.send(Uint8Array.from([...header, ...bytesOf(text)]));
  }

  /** In a Send indication. */
  sendTo(peer: TransportAddress, text: string): void {
    const writer = new MessageWriter(METHOD.SEND, MESSAGE_CLASS.INDICATION, this.#transaction());
    writer.addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, peer).add(ATTRIBUTE.DATA, bytesOf(text));
    this.wire.send(writer.finish());
  }

  /** Resolves when so many payloads have come. */
  async heard(count: number): Promise<readonly string[]> {
    while (this.data.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.data;
  }

  /** Asks with credentials, after asking without for a nonce. */
  async ask(
    method: number,
    attributes: readonly (readonly [number, readonly number[]])[],
    peer?: TransportAddress,
  ): Promise<StunMessage> {
    if (this.#nonce === null) {
      const challenge = await this.#exchange(this.#begin(method, attributes, peer));
      this.#nonce = challenge.value(ATTRIBUTE.NONCE)!.slice();
    }
    const key = longTermKey('md5', bytesOf(this.#username), bytesOf(REALM), bytesOf(this.#password), nodeDigest);
    const writer = this.#begin(method, attributes, peer);
    writer.add(ATTRIBUTE.USERNAME, bytesOf(this.#username)).add(ATTRIBUTE.REALM, bytesOf(REALM));
    return this.#exchange(writer.add(ATTRIBUTE.NONCE, this.#nonce).addIntegrity('sha1', key, nodeHmac));
  }

  /** Asks what its address is. */
  async binding(): Promise<TransportAddress> {
    const reply = await this.#exchange(this.#begin(METHOD.BINDING, []));
    return reply.xorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS) as TransportAddress;
  }

  #begin(method: number, attributes: readonly (readonly [number, readonly number[]])[], peer?: TransportAddress) {
    const writer = new MessageWriter(method, MESSAGE_CLASS.REQUEST, this.#transaction());
    for (const [type, value] of attributes) writer.add(type, Uint8Array.from(value));
    return peer === undefined ? writer : writer.addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, peer);
  }

  #transaction(): Uint8Array {
    return bytesOf(String(++this.#transactions).padStart(12, '0'));
  }

  #exchange(writer: MessageWriter): Promise<StunMessage> {
    const bytes = writer.finish();
    return new Promise((resolve) => {
      this.#replies.set(Buffer.from(bytes.subarray(8, 20)).toString('latin1'), resolve);
      this.wire.send(bytes);
    });
  }

  #take(bytes: Uint8Array): void {
    if (bytes[0]! >= 0x40) this.#hear(bytes.subarray(4, 4 + ((bytes[2]! << 8) | bytes[3]!)));
    else this.#message(bytes);
  }

  #message(bytes: Uint8Array): void {
    const message = readMessage(bytes);
    if (typeof message === 'string') throw new Error(`the server sent what is no message: ${message}`);
    if (message.messageClass === MESSAGE_CLASS.INDICATION) this.#hear(message.value(ATTRIBUTE.DATA)!);
    else this.#replies.get(Buffer.from(message.transaction).toString('latin1'))?.(message);
  }

  #hear(payload: Uint8Array): void {
    this.data.push(Buffer.from(payload).toString('latin1'));
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
