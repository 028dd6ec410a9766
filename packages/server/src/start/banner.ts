import { X509Certificate } from 'node:crypto';
import { renderUnicodeCompact } from 'uqr';
import { drawTable, hasColours, type Row, rowsAsJson } from '../doctor/index.js';
import { displayWidth, type Messages, messagesIn, padDisplay } from '../messages/index.js';
import type { ProbedAddress, ProbedAddresses, ProbedMedia, ProbedTurn } from './probe-addresses.js';
import type { RunningServer } from './running-server.js';

/** QR codes beyond these are more than anybody looks through. */
const MOST_CODES = 4;

/** What a start has looked for. */
export interface Found {
  readonly rows: readonly Row[];
  readonly probed: ProbedAddresses;
}

/** What the operator sees at start: where the server is reached, and what to know about it. */
export function startBanner(server: RunningServer, { rows, probed }: Found, messages: Messages): string {
  const { network } = server.urls;
  const { start } = messages;
  const secure = network.filter((url) => url.startsWith('https:'));
  const codes = secure.slice(0, MOST_CODES).map((url) => `\n${url}\n${renderUnicodeCompact(url, { border: 2 })}`);
  const indent = indentOf(start);
  const row = (title: string, text: string) => `${padDisplay(title, indent)}${text}`;
  const column = (title: string, texts: readonly string[]) => texts.map((text, ix) => row(ix === 0 ? title : '', text));
  const sections = [
    `Madang ${server.version}`,
    row(start.here, probed.local.map((each) => marked(each.url, each, start)).join('  ')),
    ...column(
      start.elsewhere,
      probed.network.map((each) => marked(each.url, each, start)),
    ),
    ...column(
      start.turn,
      probed.turn.map((each) => rowOfWays(each, start)),
    ),
    ...column(
      start.media,
      probed.media.map((each) => rowOfWays(each, start)),
    ),
    ...trustRows(server).map(([title, text]) => row(start[title], text)),
    row(start.data, server.config.dataDir),
    row(start.rooms, start.roomsOpen),
    ...server.warnings.map((warning) => row(start.warning, warning(messages))),
    rows.length > 0 ? foundRows(rows, messages) : undefined,
    ...codes,
  ];
  return `${sections.filter((section) => section !== undefined).join('\n')}\n`;
}

/** With a mark that says whether it has answered. */
function marked(text: string, { answered }: ProbedAddress, start: Messages['start']): string {
  return `${text} ${answered ? '✓' : `✗ ${start.silent}`}`;
}

function rowOfWays({ host, ways }: ProbedTurn | ProbedMedia, start: Messages['start']): string {
  const each = ways.map((way) => marked(`${way.transport.toUpperCase()} ${way.port}`, way, start));
  return [host, ...each].join('  ');
}

/** As wide as the widest title needs, with two columns between. */
function indentOf(start: Messages['start']): number {
  const titles = [start.here, start.elsewhere, start.turn, start.certificateWarning, start.fingerprint, start.warning];
  return Math.max(...titles.map(displayWidth)) + 2;
}

function foundRows(rows: readonly Row[], messages: Messages): string {
  const table = drawTable(rows, messages, hasColours(process.stdout, process.env)).trimEnd();
  return `\n${messages.start.found}\n${table}`;
}

/** Over plain HTTP where there is some: over HTTPS the reader would meet the very warning that the page is about. */
function trustUrl({ urls }: RunningServer): string | undefined {
  const all = [...urls.network, ...urls.local];
  return all.find((url) => url.startsWith('http:')) ?? all[0];
}

function trustRows(server: RunningServer): ['certificateWarning' | 'fingerprint', string][] {
  if (server.authority === null) return [];
  const fingerprint = new X509Certificate(server.authority).fingerprint256;
  return [
    ['certificateWarning', `${trustUrl(server)}/trust`],
    ['fingerprint', fingerprint],
  ];
}

/** The same for programs, on one line, always in English. */
export function startJson(server: RunningServer, { rows, probed }: Found): string {
  const { config, version, urls, warnings } = server;
  const trust = server.authority === null ? null : `${trustUrl(server)}/trust`;
  const english = messagesIn('en');
  return JSON.stringify({
    version,
    pid: process.pid,
    ...server.ports,
    ...server.turnPorts,
    mediaPorts: server.mediaPorts,
    basePath: config.basePath,
    local: urls.local,
    network: urls.network,
    turn: probed.turn.flatMap(({ ways }) => ways.map(({ url }) => url)),
    media: probed.media.flatMap(({ ways }) => ways.map(({ url }) => url)),
    silent: [
      ...probed.local,
      ...probed.network,
      ...probed.turn.flatMap(({ ways }) => ways),
      ...probed.media.flatMap(({ ways }) => ways),
    ].flatMap(silentUrl),
    trust,
    dataDir: config.dataDir,
    rooms: 'open',
    warnings: warnings.map((warning) => warning(english)),
    found: rowsAsJson(rows),
  });
}

function silentUrl({ url, answered }: ProbedAddress): string[] {
  return answered ? [] : [url];
}
