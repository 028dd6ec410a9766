import { X509Certificate } from 'node:crypto';
import { renderUnicodeCompact } from 'uqr';
import type { RunningServer } from './running-server.js';

/** QR codes beyond these are more than anybody looks through. */
const MOST_CODES = 4;

/** What the operator sees at start: where the server is reached, and what to know about it. */
export function startBanner(server: RunningServer): string {
  const { local, network } = server.urls;
  const secure = network.filter((url) => url.startsWith('https:'));
  const codes = secure.slice(0, MOST_CODES).map((url) => `\n${url}\n${renderUnicodeCompact(url, { border: 2 })}`);
  const sections = [
    `Madang ${server.version}`,
    row('On this machine', local.join('  ')),
    network.length > 0 ? row('From other machines', network.join('\n'.padEnd(INDENT + 1))) : undefined,
    server.authority === null ? undefined : trustRows(server, trustUrl(server)),
    row('Data', server.config.dataDir),
    row('Rooms', 'open to whoever reaches the port'),
    ...server.warnings.map((warning) => row('Warning', warning)),
    ...codes,
  ];
  return `${sections.filter((section) => section !== undefined).join('\n')}\n`;
}

const INDENT = 22;

function row(title: string, text: string): string {
  return `${title.padEnd(INDENT)}${text}`;
}

/** Over plain HTTP where there is some: over HTTPS the reader would meet the very warning that the page is about. */
function trustUrl({ urls }: RunningServer): string | undefined {
  const all = [...urls.network, ...urls.local];
  return all.find((url) => url.startsWith('http:')) ?? all[0];
}

function trustRows(server: RunningServer, url: string | undefined): string {
  const fingerprint = new X509Certificate(server.authority!).fingerprint256;
  return `${row('Certificate warning?', `${url}/trust`)}\n${row('  its fingerprint', fingerprint)}`;
}

/** The same for programs, on one line. */
export function startJson(server: RunningServer): string {
  const { config, version, urls, warnings } = server;
  const trust = server.authority === null ? null : `${trustUrl(server)}/trust`;
  return JSON.stringify({
    version,
    pid: process.pid,
    ...server.ports,
    basePath: config.basePath,
    local: urls.local,
    network: urls.network,
    trust,
    dataDir: config.dataDir,
    rooms: 'open',
    warnings,
  });
}
