// The forwarder as one would write it with what Node brings: node:dgram and node:crypto.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { sessionSecret } from './secrets.mjs';

const HEADER_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 16;
const MARK = 0xfe;
const STOP = 0xff;
const FIRST_SSRC = 1_000;

/** One direction of one peer. Packets of its one SSRC come in order. */
class Gcm {
  #key;
  #salt;
  #iv = Buffer.alloc(12);
  #rollovers = 0;
  #last = 0;

  constructor(master) {
    const secret = sessionSecret(master);
    this.#key = secret.subarray(0, KEY_BYTES);
    this.#salt = secret.subarray(KEY_BYTES);
  }

  #ivOf(packet) {
    const seq16 = packet.readUInt16BE(2);
    if (seq16 < 0x4000 && this.#last >= 0xc000) this.#rollovers++;
    this.#last = seq16;
    this.#salt.copy(this.#iv);
    for (let ix = 0; ix < 4; ix++) this.#iv[2 + ix] ^= packet[8 + ix];
    this.#iv.writeUInt16BE(this.#iv.readUInt16BE(8) ^ this.#rollovers, 8);
    this.#iv.writeUInt16BE(this.#iv.readUInt16BE(10) ^ seq16, 10);
    return this.#iv;
  }

  protect(packet) {
    const cipher = createCipheriv('aes-128-gcm', this.#key, this.#ivOf(packet));
    cipher.setAAD(packet.subarray(0, HEADER_BYTES));
    const payload = cipher.update(packet.subarray(HEADER_BYTES));
    cipher.final();
    return [packet.subarray(0, HEADER_BYTES), payload, cipher.getAuthTag()];
  }

  unprotect(packet) {
    const decipher = createDecipheriv('aes-128-gcm', this.#key, this.#ivOf(packet));
    decipher.setAAD(packet.subarray(0, HEADER_BYTES));
    decipher.setAuthTag(packet.subarray(packet.length - TAG_BYTES));
    const payload = decipher.update(packet.subarray(HEADER_BYTES, packet.length - TAG_BYTES));
    decipher.final();
    return Buffer.concat([packet.subarray(0, HEADER_BYTES), payload]);
  }
}

const cpuUs = ({ user, system }) => user + system;

/** Forwards until the load stops it; resolves with the figures between mark and stop. */
export function forward({ publisher, receivers }, listening) {
  const incoming = new Gcm(publisher);
  const outgoing = receivers.map(({ port, secret }, ix) => ({ port, gcm: new Gcm(secret), ssrc: FIRST_SSRC + ix }));
  const socket = createSocket({ type: 'udp4', recvBufferSize: 8 << 20, sendBufferSize: 8 << 20 });
  let forwarded = 0;
  let failed = 0;
  let since = process.cpuUsage();
  const sent = (error) => {
    if (error) failed++;
    else forwarded++;
  };
  return new Promise((resolve) => {
    socket.on('message', (datagram) => {
      if (datagram[0] === STOP) {
        const used = cpuUs(process.cpuUsage(since));
        setImmediate(() => resolve({ cpuUs: used, forwarded, failed }));
        return;
      }
      if (datagram[0] === MARK) {
        since = process.cpuUsage();
        forwarded = failed = 0;
        return;
      }
      const packet = incoming.unprotect(datagram);
      for (const { port, gcm, ssrc } of outgoing) {
        const copy = Buffer.from(packet);
        copy.writeUInt32BE(ssrc, 8);
        socket.send(gcm.protect(copy), port, '127.0.0.1', sent);
      }
    });
    socket.bind(0, '127.0.0.1', () => listening(socket.address().port));
  });
}
