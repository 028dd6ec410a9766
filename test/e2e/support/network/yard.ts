import { test as base, describe } from 'vitest';
import { inCheckout } from '../checkout.js';
import type { Chromium, ChromiumOptions } from '../chromium.js';
import { MadangServer } from '../madang-server.js';
import { Cast } from '../stage.js';
import { TrustingHome } from '../trusting-home.js';
import type { Host } from './host.js';
import { Network } from './network.js';
import { whyNoNetwork } from './why-no-network.js';

/** A network with Madang on its machine for servers, and browsers on its hosts that trust the server's authority. */
export class Yard {
  readonly network = new Network();
  readonly servers: MadangServer[] = [];
  readonly #homes: TrustingHome[] = [];
  readonly #browsers = new Map<Host, Promise<Chromium>>();

  /** Another server, on ports of its own. Gives its `https:` address. */
  async serve(...flags: string[]): Promise<string> {
    const { namespace, address } = this.network.server;
    const elsewhere = { entrance: namespace.entrance, address };
    const server = await MadangServer.start({ https: true, flags, elsewhere });
    this.servers.push(server);
    return `https://${address}:${server.httpsPort}`;
  }

  /** The browser of a host, started when first asked for. It trusts every server there is by then. */
  browser(host: Host, options: ChromiumOptions = {}): Promise<Chromium> {
    const known = this.#browsers.get(host);
    if (known !== undefined) return known;
    const home = new TrustingHome(...this.servers.map((server) => server.authority()));
    this.#homes.push(home);
    const browser = host.chromium({ home: home.path, ...options });
    this.#browsers.set(host, browser);
    return browser;
  }

  get output(): string {
    return this.servers.map((server) => server.output).join('\n---\n');
  }

  async close(): Promise<void> {
    for (const server of this.servers) await server.close();
    await this.network.close();
    for (const home of this.#homes) home.remove();
  }
}

/** A test with one yard for the whole file, and people of its own. */
// biome-ignore-start lint/correctness/noEmptyPattern: fixtures are told apart by what they destructure.
export const test = base
  .extend('yard', { scope: 'file' }, async ({}, { onCleanup }) => {
    const yard = new Yard();
    onCleanup(() => yard.close());
    return yard;
  })
  // biome-ignore-end lint/correctness/noEmptyPattern: from here on something is destructured.
  .extend('cast', async ({ yard, task }, { onCleanup }) => {
    const cast = new Cast();
    onCleanup(async () => {
      if (task.result?.state === 'fail') {
        const name = `${task.file.name} ${task.name}`.replace(/[^\p{L}\p{N}]+/gu, '-');
        await cast.record(inCheckout(`test-results/${name}`), yard.output);
      }
      await cast.leave();
    });
    return cast;
  });

/** Tests that need networks; where none can be made they are skipped, and their title says why. */
export function describeNetwork(title: string, tests: () => void): void {
  const why = whyNoNetwork();
  if (why === undefined) describe(title, tests);
  else describe.skip(`${title} (${why})`, tests);
}
