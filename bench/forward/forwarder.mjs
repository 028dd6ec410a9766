// One forwarder in a process of its own: `node forwarder.mjs KIND`. The first line of stdin is its task as JSON; it
// prints {port} when it listens, and its figures when the load has told it to stop.
import { createInterface } from 'node:readline/promises';
import { loadBenchAddon } from './bench-addon.mjs';
import { sessionSecret } from './secrets.mjs';

const MODES = { sendto: 0, sendmmsg: 1, gso: 2 };

/** The SSRC that the first receiver gets; the next ones count on. */
const FIRST_SSRC = 1_000;

const print = (figures) => console.log(JSON.stringify(figures));

/** A loop in C, which blocks this process until it is over. */
function forwardInC(mode, { publisher, receivers }) {
  const addon = loadBenchAddon();
  const { fd, port } = addon.openSocket();
  print({ port });
  return addon.forward({
    fd,
    mode,
    publisher: sessionSecret(publisher),
    ports: receivers.map((receiver) => receiver.port),
    secrets: Buffer.concat(receivers.map((receiver) => sessionSecret(receiver.secret))),
    firstSsrc: FIRST_SSRC,
  });
}

const lines = createInterface({ input: process.stdin });
const { value } = await lines[Symbol.asyncIterator]().next();
const bytes = (text) => Buffer.from(text, 'base64');
const { publisher, publisherPort, receivers } = JSON.parse(value);
const task = {
  publisher: bytes(publisher),
  publisherPort,
  receivers: receivers.map(({ port, secret }) => ({ port, secret: bytes(secret) })),
};
lines.close();
const kind = process.argv[2];
if (kind in MODES) print(forwardInC(MODES[kind], task));
else print(await (await import(`./forward-${kind}.mjs`)).forward(task, (port) => print({ port })));
process.exit(0);
