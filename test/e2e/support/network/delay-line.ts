import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Fault, fault } from './fault.js';
import type { Namespace } from './namespace.js';

const PROGRAM = fileURLToPath(new URL('delay-line.pl', import.meta.url));

/** Where the packets to and from a host go through on their router. */
export interface RoutedLink {
  /** The router's device towards the host. */
  readonly device: string;
  /** The host's network, as `10.77.1.0/24`. */
  readonly network: string;
  /** A number that no other link of this router has: 1 to 99. */
  readonly number: number;
}

/** Lets every packet from and to the host wait for `delayMs` in `router`, so that a round trip takes twice as long. */
export async function delayLine(router: Namespace, link: RoutedLink, delayMs: number): Promise<Fault> {
  const device = `delay${link.number}`;
  const table = 100 + link.number;
  const [command, ...args] = [...router.entrance, 'perl', PROGRAM, device, String(delayMs)];
  const child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (data) => (complaint += data));
  const [word] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (!String(word).startsWith('ready')) throw new Error(`the delay line did not start: ${complaint}`);
  router.ip(`link set ${device} up`);
  router.ip(`route add default dev ${device} table ${table}`);
  // What has waited goes on by the ordinary routes; all else of this host comes here first.
  const rules = [
    `pref ${link.number} iif ${device} lookup main`,
    `pref ${100 + link.number} to ${link.network} lookup ${table}`,
    `pref ${200 + link.number} iif ${link.device} lookup ${table}`,
  ];
  for (const rule of rules) router.ip(`rule add ${rule}`);
  return fault(() => {
    for (const rule of rules) router.ip(`rule del ${rule}`);
    child.kill('SIGKILL');
  });
}
