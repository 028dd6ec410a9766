import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatachannelEndpoint } from './datachannel-endpoint.mjs';
import { PlaneEndpoint } from './plane-endpoint.mjs';
import { Session } from './session.mjs';

const LEAST_STAY_MS = 3_000;
const LONGEST_STAY_MS = 20_000;
/** A viewer's wishes, one of which it changes to. */
const WISHES = [
  { paused: true },
  { paused: false },
  { layer: 0 },
  { layer: null, maxHeight: 360 },
  { temporalLayer: 1 },
];

/** What some would send instead of an offer. */
const MALFORMED = [
  () => '',
  () => 'v=0\r\n',
  () => 'x'.repeat(300_000),
  (offer) => offer.slice(0, randomInt(offer.length)),
  (offer) => offer.replace(/a=fingerprint.*\r\n/g, ''),
  (offer) => offer.replace(/a=ice-pwd:/g, 'a=ice-pwd: '),
  (offer) => offer.replaceAll('UDP/TLS/RTP/SAVPF', 'RTP/AVP'),
  (offer) => offer.replace(/m=/g, () => (randomInt(2) ? 'm=' : 'n=')),
];

/**
 * Lives of guests, by how they end. Each is given `at`: the address of its door, `door`, and `crowd`, which sends for who
 * publishes and tells when all have to go.
 */
export const LIVES = {
  /** Stays for a while and takes leave. */
  async leaves({ crowd, at, door }) {
    await join({ crowd, at, door, endpoint: new DatachannelEndpoint(door) }, async (session) => {
      await crowd.forAtMost(stayMs() / 2);
      if (door === 'whep') await changeItsMind(session);
      await crowd.forAtMost(stayMs() / 2);
      await session.end();
    });
  },

  /** Closes its connection, as a page that is closed does, and does not take leave of the door. */
  async drops({ crowd, at, door }) {
    const endpoint = new PlaneEndpoint(door);
    await join({ crowd, at, door, endpoint }, async () => {
      await crowd.forAtMost(stayMs());
      endpoint.sayGoodbye();
    });
  },

  /** Looks for a new path now and then. */
  async restarts({ crowd, at, door }) {
    const endpoint = new PlaneEndpoint(door);
    await join({ crowd, at, door, endpoint }, async (session) => {
      for (let left = randomInt(1, 4); left > 0 && !crowd.isOver; left--) {
        await crowd.forAtMost(stayMs() / 2);
        const { status, body } = await session.restart(endpoint.beginRestart());
        if (status !== 200) throw new Error(`an ICE restart was answered with ${status}: ${body}`);
        await endpoint.restarted(body);
      }
      await crowd.forAtMost(stayMs() / 2);
      await session.end();
    });
  },

  /** Its network goes away without a word: the server has to find out. */
  async vanishes({ crowd, at, door }) {
    const endpoint = new PlaneEndpoint(door);
    await join({ crowd, at, door, endpoint }, () => crowd.forAtMost(stayMs()));
  },

  /** Has a session, and never connects. */
  async 'keeps away'({ at, door }) {
    const endpoint = new PlaneEndpoint(door);
    try {
      await opened(at, await endpoint.offer());
    } finally {
      endpoint.close();
    }
  },

  /** Takes leave while it is connecting. */
  async hurries({ at, door }) {
    const endpoint = new DatachannelEndpoint(door);
    try {
      const session = await opened(at, await endpoint.offer());
      const connecting = endpoint.connect(session.answer).catch(() => {});
      await sleep(randomInt(100));
      await session.end();
      endpoint.close();
      await connecting;
    } finally {
      endpoint.close();
    }
  },

  /** Sends what is no offer. One that is cut where a line ends may be taken: then it takes leave. */
  async 'talks nonsense'({ at, door }) {
    const endpoint = new PlaneEndpoint(door);
    const { sdp } = await endpoint.offer();
    endpoint.close();
    const reply = await Session.open(at, MALFORMED[randomInt(MALFORMED.length)](sdp));
    if (reply instanceof Session) await reply.end();
    else if (reply.status >= 500) throw new Error(`nonsense was answered with ${reply.status}: ${reply.body}`);
  },
};

function stayMs() {
  return randomInt(LEAST_STAY_MS, LONGEST_STAY_MS);
}

async function opened(at, { sdp }) {
  const reply = await Session.open(at, sdp);
  if (reply instanceof Session) return reply;
  throw new Error(`${at} answered ${reply.status}: ${reply.body}`);
}

/** Connects, is there as long as `during` lasts, and goes with its connection. */
async function join({ crowd, at, door, endpoint }, during) {
  let unsend = () => {};
  try {
    const session = await opened(at, await endpoint.offer());
    await endpoint.connect(session.answer);
    if (door === 'whip') unsend = crowd.send(endpoint);
    await during(session);
  } finally {
    unsend();
    endpoint.close();
  }
}

async function changeItsMind(session) {
  const { status, body } = await session.wish(WISHES[randomInt(WISHES.length)]);
  if (status !== 204) throw new Error(`a wish was answered with ${status}: ${body}`);
}
