import { readFileSync } from 'node:fs';

/** How many datagrams the system dropped at the UDP sockets on `ports`, by /proc/net/udp as `text`. */
export function socketDrops(ports, text = readFileSync('/proc/net/udp', 'utf8')) {
  let drops = 0;
  for (const line of text.trim().split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    const port = Number.parseInt(columns[1].split(':')[1], 16);
    if (ports.has(port)) drops += Number(columns.at(-1));
  }
  return drops;
}
