// Publisher and receivers in a process of their own: `node load.mjs`. Lines of JSON: first the size of the load from
// stdin; it prints what the forwarder needs; then the forwarder's port from stdin; it runs, and prints its figures.
import { createInterface } from 'node:readline/promises';
import { loadBenchAddon } from './bench-addon.mjs';
import { masterSecret, sessionSecret } from './secrets.mjs';

const addon = loadBenchAddon();
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const nextLine = async () => JSON.parse((await lines.next()).value);
const print = (value) => console.log(JSON.stringify(value));

const size = await nextLine();
const publisher = masterSecret();
const sockets = Array.from({ length: size.receivers }, () => addon.openSocket());
const secrets = sockets.map(masterSecret);
const own = addon.openSocket();
print({
  publisher: publisher.toString('base64'),
  publisherPort: own.port,
  receivers: sockets.map(({ port }, ix) => ({ port, secret: secrets[ix].toString('base64') })),
});
const { port } = await nextLine();
print(
  addon.load({
    ...size,
    fd: own.fd,
    port,
    receivers: sockets.map(({ fd }) => fd),
    publisher: sessionSecret(publisher),
    first: sessionSecret(secrets[0]),
    seq16: 1,
  }),
);
process.exit(0);
