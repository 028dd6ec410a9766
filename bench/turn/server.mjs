// Madang's TURN server in a process of its own: `node server.mjs SECRET`. Prints {port} when it listens.
import { DEFAULT_TURN_LIMITS, parseHost } from '@madang/engine';
import { TurnService } from '../../packages/server/dist/media/index.js';

const [, , secret] = process.argv;
const host = parseHost('127.0.0.1');
const unlimited = { allocationsPerUser: 100_000, allocations: 100_000, unprovenPerSecond: 1_000_000 };
const service = await TurnService.open({
  udpHosts: ['127.0.0.1'],
  streamHosts: [],
  port: 0,
  tls: null,
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
console.log(JSON.stringify({ port: service.addresses[0].port }));
process.stdin.resume().once('end', () => process.exit(0));
