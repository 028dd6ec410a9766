// The bench of data channels: `npm run bench:data`. One member says bulk to another, in messages of 64 KiB, over a reliable
// lane; both are libdatachannel, in one process, and at most --window KiB are under way. Once through Madang in a process of
// its own (SCTP in, SCTP out), once from one to the other without anybody between, in turns in one run.
// Prints MiB a second of each round, and CPU time for a MiB that comes in and goes out again: of the server, and of both ends of
// libdatachannel together, which is the same work once. The first round is not to be trusted: V8 still compiles.
//   --mib N (64; 1024 for a whole GiB)   --rounds R (3)   --window KIB (768)
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import * as datachannel from 'node-datachannel';

const MESSAGE_BYTES = 65_536;
const { values: flags } = parseArgs({
  options: {
    mib: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '3' },
    window: { type: 'string', default: '768' },
  },
});
const MIB = Number(flags.mib);
const TOTAL = MIB * 1_048_576;
const WINDOW = Number(flags.window) * 1_024;
const LANE = { protocol: 'madang.room.1' };

function peer(name) {
  const connection = new datachannel.PeerConnection(name, { iceServers: [], bindAddress: '127.0.0.1' });
  const gathered = new Promise((resolve) => {
    connection.onGatheringStateChange((state) => state === 'complete' && resolve());
  });
  return { connection, gathered };
}

const opened = (channel) => new Promise((resolve) => channel.onOpen(resolve));

/** Both ends of a lane through the server. */
async function throughMadang(server, round) {
  const ends = [];
  for (const name of ['ada', 'bo']) {
    const { connection, gathered } = peer(name);
    const channel = connection.createDataChannel('bulk', LANE);
    const open = opened(channel);
    await gathered;
    server.send({ type: 'publish', name: `${name} ${round}`, member: name, offer: connection.localDescription().sdp });
    const [reply] = await once(server, 'message');
    connection.setRemoteDescription(reply.answer, 'answer');
    await open;
    ends.push({ connection, channel });
  }
  return ends;
}

/** Both ends of a channel with nobody between. */
async function direct() {
  const [one, other] = [peer('one'), peer('other')];
  const channel = one.connection.createDataChannel('bulk', LANE);
  const arrived = new Promise((resolve) => other.connection.onDataChannel(resolve));
  const open = opened(channel);
  await one.gathered;
  other.connection.setRemoteDescription(one.connection.localDescription().sdp, 'offer');
  await other.gathered;
  one.connection.setRemoteDescription(other.connection.localDescription().sdp, 'answer');
  await open;
  return [
    { connection: one.connection, channel },
    { connection: other.connection, channel: await arrived },
  ];
}

/** MiB a second, and how much CPU time this process took for each. */
async function measure([from, to]) {
  const message = Buffer.alloc(MESSAGE_BYTES, 7);
  message.set([2, 0]);
  let [sent, heard] = [0, 0];
  const done = new Promise((resolve) => {
    to.channel.onMessage(() => {
      heard += MESSAGE_BYTES;
      if (heard >= TOTAL) resolve();
      else feed();
    });
  });
  const feed = () => {
    for (; sent < TOTAL && sent - heard < WINDOW; sent += MESSAGE_BYTES) from.channel.sendMessageBinary(message);
  };
  const begun = performance.now();
  const cpu = process.cpuUsage();
  feed();
  await done;
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  for (const { connection } of [from, to]) connection.close();
  return { rate: MIB / seconds, cpuMs: (user + system) / 1_000 / MIB };
}

// As `madang start` sets it for the heaps of its media threads.
const server = fork(new URL('./server.mjs', import.meta.url), [], {
  execArgv: ['--min-semi-space-size=16', '--no-memory-reducer'],
});
await once(server, 'message');
for (let round = 1; round <= Number(flags.rounds); round++) {
  const ends = await throughMadang(server, round);
  server.send({ type: 'cpu' });
  const [before] = await once(server, 'message');
  const madang = await measure(ends);
  server.send({ type: 'cpu' });
  const [after] = await once(server, 'message');
  const cpuMs = (after.us - before.us) / 1_000 / MIB;
  const alone = await measure(await direct());
  console.log(
    `round ${round}: through Madang ${madang.rate.toFixed(1)} MiB/s, libdatachannel to itself ${alone.rate.toFixed(1)}; ` +
      `CPU for a MiB in and out: Madang ${cpuMs.toFixed(2)} ms, both ends of libdatachannel ${alone.cpuMs.toFixed(2)}; ` +
      `ratio ${(cpuMs / alone.cpuMs).toFixed(2)}; ${after.resent - before.resent} parts sent again`,
  );
}
server.disconnect();
datachannel.cleanup();
