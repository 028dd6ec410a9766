import { execFile, spawnSync } from 'node:child_process';
import { parseHostRange } from '@madang/engine';
import { hasAddon } from '@madang/native';
import { nodeHmac } from '@madang/testkit';
import { expect, test } from 'vitest';
import { timeLimitedCredential } from '../../engine/src/turn/index.js';
import { openTurnService, portOf } from './turn-rig.js';
import { SECRET } from './turn-wire.js';

const hasClient = spawnSync('turnutils_uclient', ['-?']).error === undefined;
const MESSAGES = 5;
/** It opens two allocations that send to each other. */
const CLIENTS = 2;

interface Verdict {
  readonly sent: number;
  readonly received: number;
}

/** Debian's TURN client: allocations that echo to each other in Send and Data indications. */
function runClient(args: readonly string[], port: number, host: string): Promise<Verdict> {
  const { username, credential } = timeLimitedCredential(SECRET, 'coturn', Date.now() + 3_600_000, nodeHmac);
  const login = ['-u', username, '-w', credential, '-p', String(port)];
  const load = ['-y', '-c', '-s', '-m', String(CLIENTS), '-n', String(MESSAGES), '-l', '200'];
  return new Promise((resolve, reject) => {
    execFile('turnutils_uclient', [...login, ...load, ...args, host], { timeout: 60_000 }, (error, stdout) => {
      const total = /tot_send_msgs=(\d+), tot_recv_msgs=(\d+)\s*$/m.exec(stdout);
      if (error !== null || total === null) reject(new Error(`${error?.message ?? 'no figures'}\n${stdout}`));
      else resolve({ sent: Number(total[1]), received: Number(total[2]) });
    });
  });
}

const WAYS = [
  { way: 'UDP', transport: 'udp', args: [] },
  { way: 'TCP', transport: 'tcp', args: ['-t'] },
  { way: 'TLS', transport: 'tls', args: ['-t', '-S'] },
  { way: 'DTLS', transport: 'udp', args: ['-S'] },
];

// All at once, since most of the time it waits.
test.runIf(hasAddon() && hasClient)(
  "Debian's TURN client allocates and echoes over UDP, TCP, TLS and DTLS, in both families",
  async () => {
    const runs = WAYS.flatMap((way) => ['127.0.0.1', '::1'].map((host) => ({ ...way, host })));
    const echo = async ({ way, transport, args, host }: (typeof runs)[number]) => {
      const service = await openTurnService();
      try {
        const family = host.includes(':') ? ['-x'] : [];
        const { sent, received } = await runClient([...args, ...family], portOf(service, transport, host), host);
        const { packetsToPeers, packetsToClients, dropped } = service.loop.counts();
        return { way, host, sent, received, packetsToPeers, packetsToClients, dropped };
      } finally {
        await service.close();
      }
    };
    for (const { way, host, sent, received, packetsToPeers, packetsToClients, dropped } of await Promise.all(
      runs.map(echo),
    )) {
      const all = CLIENTS * MESSAGES;
      const seen = { way, host, sent, packetsToPeers, packetsToClients, dropped };
      expect(seen).toEqual({ way, host, sent: all, packetsToPeers: all, packetsToClients: all, dropped: {} });
      // Over TLS this client overlooks messages that share a record; it does so with a server of its own house too.
      if (way === 'TLS') expect(received).toBeGreaterThan(0);
      else expect(received).toBe(all);
    }
  },
  90_000,
);

test.runIf(hasAddon() && hasClient)(
  "Debian's TURN client echoes through TCP relays (RFC 6062), connecting and connected to",
  async () => {
    const runs = [['-T'], ['-T', '-S'], ['-P']].map(async (args) => {
      const service = await openTurnService({ tcpRelays: true, allowedPeers: [parseHostRange('127.0.0.0/8')!] });
      try {
        const transport = args.includes('-S') ? 'tls' : 'tcp';
        const { sent, received } = await runClient(args, portOf(service, transport, '127.0.0.1'), '127.0.0.1');
        return { args, sent, received, answered: service.loop.counts().answered };
      } finally {
        await service.close();
      }
    });
    for (const { args, sent, received, answered } of await Promise.all(runs)) {
      // With -P it counts one of its two directions, and does so with a server of its own house too.
      const heard = args.includes('-P') ? MESSAGES : CLIENTS * MESSAGES;
      expect({ args, sent, received }).toEqual({ args, sent: CLIENTS * MESSAGES, received: heard });
      expect(answered.connection_bind_success).toBeGreaterThan(0);
    }
  },
  90_000,
);
