// Clients and their peers in a process of its own: `node load.mjs`. One line of JSON from stdin: {transport, port, secret,
// realm, allocations, burst, isIdle}. It allocates and, unless idle, binds a channel each and prints {isReady}. For each line
// {seconds, rate} it sends ChannelData in bursts and prints what arrived; with no seconds it ends.
import { createHash, createHmac } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { FORM, RX, RX_COLUMNS, TX, TX_COLUMNS } from '@madang/engine';
import { openMediaPlane } from '@madang/native';
import * as stun from '../../packages/engine/dist/stun/index.js';
import { timeLimitedCredential } from '../../packages/engine/dist/turn/index.js';
import { openStreamClient } from './stream-client.mjs';

const { ATTRIBUTE, MESSAGE_CLASS, METHOD } = stun;
const HOST = '127.0.0.1';
const CHANNEL = 0x4000;
const HEADER_BYTES = 4;
const PAYLOAD_BYTES = 1_200;
const hmac = {
  sha1: (key, bytes) => createHmac('sha1', key).update(bytes).digest(),
  sha256: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};
const digest = {
  md5: (bytes) => createHash('md5').update(bytes).digest(),
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const nextLine = async () => JSON.parse((await lines.next()).value);
const print = (value) => console.log(JSON.stringify(value));
const { transport, port, secret, realm, allocations, burst, isIdle = false } = await nextLine();

const login = timeLimitedCredential(Buffer.from(secret), 'bench', Date.now() + 3_600_000, hmac);
const bytesOf = (text) => new Uint8Array(Buffer.from(text));
const key = stun.longTermKey('md5', bytesOf(login.username), bytesOf(realm), bytesOf(login.credential), digest);
let received = 0;
let replied = () => {};

const plane = openMediaPlane({
  sizes: { ports: 2 * allocations + 8, slots: 1 << 15 },
  onBatch: (rx) => {
    for (let row = 0; row < rx.count; row++) {
      const at = row * RX_COLUMNS;
      const begin = rx.rows[at + RX.SLOT] * rx.slotBytes;
      if (rx.rows[at + RX.LENGTH] === PAYLOAD_BYTES) received++;
      else replied(stun.readMessage(rx.slab.slice(begin, begin + rx.rows[at + RX.LENGTH])));
    }
  },
});
const server = plane.addressIx(HOST, port);
plane.keepAddress(server);

/** A client over UDP: what it sends leaves at the next flush. */
function openUdpClient() {
  const { portIx } = open();
  return {
    send: (bytes) => {
      const { tx } = plane;
      tx.inline.set(bytes, tx.inlineBytes);
      const at = tx.count++ * TX_COLUMNS;
      tx.rows[at + TX.SLOT] = -1;
      tx.rows[at + TX.OFFSET] = tx.inlineBytes;
      tx.rows[at + TX.LENGTH] = bytes.length;
      tx.rows[at + TX.DESTINATION_IX] = server;
      tx.rows[at + TX.FORM] = FORM.PLAIN;
      tx.rows[at + TX.PORT_IX] = portIx;
      tx.inlineBytes += bytes.length;
    },
    flush: () => plane.tx.flush(),
  };
}

/** A client over TCP or TLS: what it sends between two flushes is one write. */
async function openOverStream() {
  const where = { host: HOST, port, isTls: transport === 'tls' };
  const socket = await openStreamClient(where, (bytes) => replied(stun.readMessage(bytes)));
  const waiting = [];
  return {
    send: (bytes) => waiting.push(bytes),
    flush: () => socket.write(Buffer.concat(waiting.splice(0))),
  };
}

/** Without segmentation, since what comes from a network comes one by one. */
const open = () => plane.bind({ ip: HOST, segments: false });
const openClient = transport === 'udp' ? openUdpClient : openOverStream;

let transactions = 0;
let nonce = null;
function request(client, method, add) {
  const transaction = bytesOf(String(++transactions).padStart(12, '0'));
  const writer = new stun.MessageWriter(method, MESSAGE_CLASS.REQUEST, transaction);
  add(writer);
  if (nonce !== null) {
    writer.add(ATTRIBUTE.USERNAME, bytesOf(login.username)).add(ATTRIBUTE.REALM, bytesOf(realm));
    writer.add(ATTRIBUTE.NONCE, nonce).addIntegrity('sha1', key, hmac);
  }
  return new Promise((resolve) => {
    replied = resolve;
    client.send(writer.finish());
    client.flush();
  });
}

async function ask(client, method, add) {
  let reply = await request(client, method, add);
  for (let tries = 0; [401, 438].includes(reply.errorCode()) && tries < 2; tries++) {
    nonce = reply.value(ATTRIBUTE.NONCE);
    reply = await request(client, method, add);
  }
  if (reply.errorCode() !== null) throw new Error(`method ${method} is refused with ${reply.errorCode()}`);
}

const clients = [];
const host = Uint8Array.of(127, 0, 0, 1);
const askForRelay = (writer) => writer.add(ATTRIBUTE.REQUESTED_TRANSPORT, Uint8Array.of(17, 0, 0, 0));
for (let ix = 0; ix < allocations; ix++) {
  const client = await openClient();
  nonce = null;
  await ask(client, METHOD.ALLOCATE, askForRelay);
  if (isIdle) continue;
  const peer = { host, port: open().port };
  await ask(client, METHOD.CHANNEL_BIND, (writer) =>
    writer.addU32(ATTRIBUTE.CHANNEL_NUMBER, CHANNEL * 0x1_0000).addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, peer),
  );
  clients.push(client);
}

const message = new Uint8Array(HEADER_BYTES + PAYLOAD_BYTES).fill(7);
message.set([CHANNEL >> 8, CHANNEL & 255, PAYLOAD_BYTES >> 8, PAYLOAD_BYTES & 255]);
const rest = new Int32Array(new SharedArrayBuffer(4));
const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Sleeps outside of the event loop, so that no datagram wakes this process: waking it would be charged to who sends, and
 * a server behind a network card does not pay that. What has come is read afterwards.
 */
async function drainAfter(ms) {
  Atomics.wait(rest, 0, 0, ms);
  await turnOfLoop();
}

let next = 0;
async function sendFor({ seconds, rate }) {
  const receivedBefore = received;
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  let sent = 0;
  while (performance.now() - begin < seconds * 1_000) {
    const due = ((performance.now() - begin) / 1_000) * rate;
    while (sent < due) {
      const client = clients[next];
      for (let ix = 0; ix < burst; ix++) client.send(message);
      client.flush();
      next = (next + 1) % clients.length;
      sent += burst;
    }
    await drainAfter(1);
  }
  const wallMs = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpuBefore);
  for (let before = -1; before !== received; ) {
    before = received;
    await sleep(100);
  }
  return { sent, received: received - receivedBefore, wallMs, cpuShare: (user + system) / 1_000 / wallMs };
}

print({ isReady: true });
for (let order = await nextLine(); order.seconds > 0; order = await nextLine()) print(await sendFor(order));
process.exit(0);
