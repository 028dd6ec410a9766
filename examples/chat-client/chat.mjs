#!/usr/bin/env node
/*
 * A text client for the rooms of a Madang server, written from docs/protocol.md alone: no library, only Node's own
 * fetch over HTTP long-polling.
 *
 *   node chat.mjs http://localhost:8080 ROOM NAME
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const PROTOCOL = 1;
const SEPARATOR = '\u001e';
const HELP = 'Type a line to chat, or /name NEW, /hand, /react 👏, /leave.';
const LEAVE_TIMEOUT_MS = 5000;
const RETRY_MS = [200, 500, 1000, 2000, 5000];
/** Refusals that another try may get past; all others end the program. */
const PASSING = ['shutting_down', 'rate_limited', 'too_many_connections', 'internal'];

let [server, room, name] = process.argv.slice(2);
if (!name || !URL.canParse(server)) {
  console.error('Usage: node chat.mjs http://localhost:8080 ROOM NAME');
  process.exit(2);
}
if (!server.endsWith('/')) server += '/'; // or URL() would drop the last part of the server's base path

/** What outlives a connection: the membership, and the requests that nobody has acknowledged yet. */
let token = null;
let former; // the token of a membership that could not be resumed
let seq = 0;
let self = '';
let members = new Map();
let lastN = 0;
let waiting = new Map();
const chatShown = new Set();

let current = null; // the connection, as soon as it is in the room
let leaving = false;

// Output. Names and texts come from strangers, whose control characters could rewrite the terminal.

const say = (text) => console.log(text.replace(/\p{Cc}/gu, ' '));
const nameOf = (id) => members.get(id)?.name ?? 'somebody';

function sayChat({ id, name, text, wallMs }) {
  const key = `${id} ${wallMs}`; // the history that a second `join` brings was partly shown before
  if (!chatShown.has(key)) say(`${new Date(wallMs).toTimeString().slice(0, 5)} <${name}> ${text}`);
  chatShown.add(key);
}

// The connection: engine.io packets over long-polling, and socket.io's framing of requests and replies.

const refused = ({ code, message }) => Object.assign(new Error(message), { code, final: !PASSING.includes(code) });

async function http(url, options) {
  const response = await fetch(url, options);
  const body = await response.text();
  if (response.ok) return body;
  if (body.startsWith('{"') && JSON.parse(body).error) throw refused(JSON.parse(body).error);
  throw new Error(`the server answered HTTP ${response.status}`);
}

async function openConnection() {
  const url = new URL('socket.io/?EIO=4&transport=polling', server);
  const hello = await http(url, { signal: AbortSignal.timeout(10_000) });
  const { sid, pingInterval, pingTimeout } = JSON.parse(hello.slice(1));
  url.searchParams.set('sid', sid);
  const broken = new AbortController();
  // The server pings every `pingInterval`: a GET that waits for much longer has lost its server.
  const signal = () => AbortSignal.any([broken.signal, AbortSignal.timeout(pingInterval + pingTimeout)]);
  return { url, signal, broken, lastPost: Promise.resolve(), lastAck: 0, onReply: new Map() };
}

/** One POST at a time, as with GET: the server breaks a connection that has two open. */
function send(connection, packet) {
  const { url, signal, broken } = connection;
  const post = () => http(url, { method: 'POST', body: packet, signal: signal() });
  connection.lastPost = connection.lastPost.then(post).catch((error) => broken.abort(error));
  return connection.lastPost;
}

/** Replies go to callbacks, not promises, so that each is handled before the events that follow it. */
function transmit(connection, event, payload, onReply) {
  connection.onReply.set(++connection.lastAck, onReply);
  send(connection, `42${connection.lastAck}${JSON.stringify([event, payload])}`);
}

function handlePacket(connection, packet) {
  const [, type, ack, data] = /^(4\d|\d)(\d*)(.*)$/s.exec(packet);
  if (type === '2') send(connection, '3');
  if (type === '40') enter(connection);
  if (type === '41' || type === '1') throw new Error('the server closed the connection');
  if (type === '42') {
    const [event, payload] = JSON.parse(data);
    if (event === 'event') handleEvent(payload);
  }
  if (type === '43') connection.onReply.get(Number(ack))(...JSON.parse(data));
}

async function runConnection() {
  const connection = await openConnection();
  try {
    send(connection, '40');
    for (;;) {
      const packets = await http(connection.url, { signal: connection.signal() });
      for (const packet of packets.split(SEPARATOR)) handlePacket(connection, packet);
    }
  } finally {
    connection.broken.abort();
  }
}

// The membership: `join` at first, `resume` after a lost connection, `join` again when it is too late for that.

function enter(connection) {
  const [event, payload, onOk] = token
    ? ['resume', { token, seq }, resumed]
    : ['join', { room, name, replaces: former }, joined];
  transmit(connection, event, { protocol: PROTOCOL, ...payload }, (reply) => {
    if (reply.ok) {
      onOk(reply);
      current = connection;
      for (const request of waiting.values()) deliver(request);
    } else if (reply.error.code === 'resume_expired') {
      if (leaving) process.exit(); // `leave` was heard, only its acknowledgement was lost
      say('You were away for too long and join anew.');
      [former, token] = [token, null];
      enter(connection);
    } else throw refused(reply.error);
  });
}

const byId = (list) => new Map(list.map((member) => [member.id, member]));

function joined(state) {
  ({ self, seq } = state);
  token = state.resume.token;
  members = byId(state.members);
  const others = state.members.filter(({ id }) => id !== self).map((member) => member.name);
  say(`You are in ${state.room.name} with ${others.join(', ') || 'nobody else yet'}. ${HELP}`);
  state.chat.forEach(sayChat);
  renumberWaiting();
}

function resumed(state) {
  state.events.forEach(handleEvent);
  members = byId(state.members);
  seq = state.seq;
  say('You are connected again.');
}

/** Numbers count within one membership. What was sent in an earlier one may have been done, so it is not repeated. */
function renumberWaiting() {
  const requests = [...waiting.values()];
  waiting = new Map();
  lastN = 0;
  for (const { event, payload, sent, onDone } of requests)
    if (sent) say(`It is unknown whether this arrived: ${event} ${Object.values(payload).join(' ')}`);
    else ask(event, payload, onDone);
}

/** Keeps a request until it is acknowledged, through however many connections that takes. */
function ask(event, payload, onDone) {
  const request = { n: ++lastN, event, payload, onDone, sent: false };
  waiting.set(request.n, request);
  if (current) deliver(request);
}

function deliver(request) {
  request.sent = true;
  transmit(current, request.event, { n: request.n, ...request.payload }, ({ ok, error }) => {
    waiting.delete(request.n);
    if (!ok) say(`That did not work: ${error.message}`);
    request.onDone?.();
  });
}

// Events. Types that this client does not know are ignored.

const handlers = {
  'member-joined': ({ member }) => {
    members.set(member.id, member);
    say(`${member.name} joined.`);
  },
  'member-left': ({ member, reason }) => {
    say(`${nameOf(member)} is gone (${reason}).`);
    members.delete(member);
  },
  'member-changed': ({ member: now }) => {
    const before = members.get(now.id) ?? now;
    members.set(now.id, now);
    if (now.id === self) name = now.name; // for a later `join`
    if (now.name !== before.name) say(`${before.name} is now called ${now.name}.`);
    if (now.role !== before.role) say(`${now.name} is now ${now.role}.`);
    if (now.connected !== before.connected && now.id !== self)
      say(`${now.name} is ${now.connected ? 'back' : 'away'}.`);
    const hand = now.handRaisedWallMs ? 'raised' : 'lowered';
    if (!now.handRaisedWallMs !== !before.handRaisedWallMs) say(`${now.name} ${hand} a hand.`);
  },
  chat: ({ message }) => sayChat(message),
  reaction: ({ from, reaction }) => say(`${nameOf(from)}: ${reaction}`),
  draining: () => say('The server is about to stop.'),
  ended: ({ reason, note }) => {
    say(`You are no longer in the room (${reason}${note ? `: ${note}` : ''}).`);
    process.exit();
  },
};

function handleEvent(event) {
  seq = event.seq;
  handlers[event.type]?.(event);
}

// Input.

const commands = {
  name: (text) => ask('rename', { name: text }),
  hand: () => ask('hand', { raised: !members.get(self)?.handRaisedWallMs }),
  react: (text) => ask('react', { reaction: text }),
  leave,
};

function handleLine(line) {
  const [, command, text] = /^\/(\S*)\s*(.*)$/.exec(line) ?? [];
  if (command === undefined) {
    if (line.trim()) ask('chat', { text: line });
  } else if (Object.hasOwn(commands, command)) commands[command](text);
  else say(HELP);
}

/** Goes after what was typed before it, but does not wait for ever for a server that is away. */
function leave() {
  if (leaving) return;
  leaving = true;
  setTimeout(() => process.exit(1), LEAVE_TIMEOUT_MS);
  ask('leave', {}, () => send(current, '41').then(() => process.exit()));
}

createInterface({ input: process.stdin }).on('line', handleLine).on('close', leave);
process.on('SIGINT', () => (current && !leaving ? leave() : process.exit(1)));

for (let failures = 0; ; failures++) {
  await runConnection().catch((error) => {
    if (error.final) {
      say(`You cannot come in: ${error.message}`);
      process.exit(1);
    }
    if (current) failures = 0;
    if (failures === 0) say(`There is no connection (${error.cause?.code ?? error.message}). Trying again …`);
    current = null;
  });
  await sleep(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
}
