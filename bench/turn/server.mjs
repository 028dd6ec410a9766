// Madang's TURN server in a process of its own: `node server.mjs SECRET CERTIFICATE KEY`. Prints the
// ports when it listens: {udp, tcp, tls}.
import { readFileSync } from 'node:fs';
import { DEFAULT_TURN_LIMITS, parseHost } from '@madang/engine';
import { TurnService } from '../../packages/server/dist/media/index.js';

const [, , secret, ...pem] = process.argv;
const [cert, key] = pem.map((file) => readFileSync(file, 'utf8'));
const host = parseHost('127.0.0.1');
const unlimited = {
  allocationsPerUser: 100_000,
  allocations: 100_000,
  streamsPerHost: 100_000,
  unprovenPerSecond: 1_000_000,
};
const service = await TurnService.open({
  udpHosts: ['127.0.0.1'],
  streamHosts: ['127.0.0.1'],
  port: 0,
  tls: { port: 0, certificate: { cert, key } },
  turn: {
    realm: 'bench',
    secrets: [Buffer.from(secret)],
    relayHosts: [{ host, announced: host }],
    relayPorts: { from: 49_152, to: 65_535 },
    ownHosts: [],
    servicePorts: [],
    mediaPorts: [],
    allowedPeers: [{ host: Uint8Array.of(127, 0, 0, 0), bits: 8 }],
    tcpRelays: false,
    dontFragment: false,
    limits: { ...DEFAULT_TURN_LIMITS, ...unlimited },
  },
});
const portOf = (transport) => service.addresses.find((each) => each.transport === transport).port;
console.log(JSON.stringify({ udp: portOf('udp'), tcp: portOf('tcp'), tls: portOf('tls') }));
process.stdin.resume().once('end', () => process.exit(0));
