import { randomBytes } from 'node:crypto';
import { ATTRIBUTE, MESSAGE_CLASS, METHOD, MessageWriter, readMessage } from '@madang/engine';
import { cryptoHmac, type WorkerMedia } from '../media/index.js';
import { openFrameWire, openWire, type Wire } from '../turn-client/index.js';

type Thread = Pick<WorkerMedia, 'addresses' | 'command' | 'port'>;

/** When a check is sent again (RFC 8489 §6.2.1). */
const REPEATS_MS = [0, 250, 750];
/** That of a peer-reflexive candidate (RFC 8445 §5.1.2): it has to be there, and nobody compares it. */
const PRIORITY = 0x6e_00_1e_ff;

const TRANSPORTS = ['udp', 'tcp'] as const;

/** One way to a media thread that other sides are told. */
export interface MediaWay {
  readonly transport: (typeof TRANSPORTS)[number];
  readonly host: string;
  readonly answered: boolean;
}

/**
 * Which ways to a media thread answer, of those that other sides are told: by a connection of its own that is opened, checked
 * as ICE checks (RFC 8445 §7.2), and left again. Nobody is waited for longer than `patienceMs`.
 */
export async function askMedia(thread: Thread, patienceMs: number): Promise<readonly MediaWay[]> {
  const connection = `start-${randomBytes(12).toString('base64url')}`;
  const own = { ufrag: randomBytes(6).toString('base64'), pwd: randomBytes(18).toString('base64') };
  const reply = await thread.command({
    type: 'view',
    connection,
    room: connection,
    member: connection,
    offer: offerOf(own),
    wish: {},
  });
  const ways = thread.addresses.flatMap((host) => TRANSPORTS.map((transport) => ({ transport, host })));
  if (!reply.ok) return ways.map((way) => ({ ...way, answered: false }));
  const [ufrag, pwd] = ['ice-ufrag', 'ice-pwd'].map(
    (name) => new RegExp(`^a=${name}:(\\S+)`, 'm').exec(reply.answer)?.[1],
  );
  const check = checkOf(`${ufrag}:${own.ufrag}`, String(pwd));
  const answers = ways.map(async ({ transport, host }) => {
    const wire = transport === 'tcp' ? openFrameWire(host, thread.port) : openWire({ ...udp(host), port: thread.port });
    const answered = wire.then((open) => isAnswered(open, check, patienceMs)).catch(() => false);
    return { transport, host, answered: await answered };
  });
  const asked = await Promise.all(answers);
  await thread.command({ type: 'hang-up', connection });
  return asked;
}

/** Of somebody who would listen. The certificate is never shown: no handshake begins. */
function offerOf({ ufrag, pwd }: { readonly ufrag: string; readonly pwd: string }): string {
  const fingerprint = [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=recvonly',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=setup:actpass',
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function checkOf(username: string, password: string): Uint8Array {
  return new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.REQUEST, randomBytes(12))
    .add(ATTRIBUTE.USERNAME, Buffer.from(username))
    .addU32(ATTRIBUTE.PRIORITY, PRIORITY)
    .add(ATTRIBUTE.ICE_CONTROLLING, randomBytes(8))
    .addIntegrity('sha1', Buffer.from(password), cryptoHmac)
    .addFingerprint()
    .finish();
}

function udp(host: string) {
  return { transport: 'udp', host, address: host } as const;
}

async function isAnswered(wire: Wire, check: Uint8Array, patienceMs: number): Promise<boolean> {
  const repeats = wire.isLossy ? REPEATS_MS : REPEATS_MS.slice(0, 1);
  const timers = repeats.map((ms) => setTimeout(() => wire.send(check), ms));
  try {
    return await new Promise<boolean>((resolve) => {
      timers.push(setTimeout(() => resolve(false), patienceMs));
      wire.listen(
        (bytes) => resolve(isSuccessOf(check, bytes)),
        () => resolve(false),
      );
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    wire.close();
  }
}

function isSuccessOf(check: Uint8Array, bytes: Uint8Array): boolean {
  const message = readMessage(bytes);
  if (typeof message === 'string' || message.messageClass !== MESSAGE_CLASS.SUCCESS) return false;
  return Buffer.from(message.transaction).equals(check.subarray(8, 20));
}
