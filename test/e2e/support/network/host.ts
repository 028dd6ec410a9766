import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chromium, type ChromiumOptions } from '../chromium.js';
import { type Fault, fault } from './fault.js';
import { Namespace } from './namespace.js';

/** How a host hangs on the router: the first or the second of its interfaces. */
export interface Line {
  /** The host's device. */
  readonly device: 'e0' | 'e1';
  /** The router's end. */
  readonly routerDevice: string;
  readonly address: string;
  readonly gateway: string;
}

/** A machine of its own on the network: a namespace with one interface or two. */
export class Host {
  readonly namespace: Namespace;
  readonly #router: Namespace;
  readonly #folder = mkdtempSync(join(tmpdir(), 'madang-host-'));
  readonly #browsers: Chromium[] = [];
  #line: Line;

  /** Draws a cable from `router`, to which the host is known as `address`. */
  constructor(name: string, router: Namespace, line: Line) {
    this.namespace = Namespace.create(name);
    this.#router = router;
    this.#line = line;
    this.#connect(line);
  }

  /** The address by which it is reached now. */
  get address(): string {
    return this.#line.address;
  }

  /** A Chromium that runs in here. */
  async chromium(options: ChromiumOptions = {}): Promise<Chromium> {
    const program = join(this.#folder, 'chromium');
    writeFileSync(program, `#!/bin/sh\nexec ${this.namespace.entrance.join(' ')} /usr/bin/chromium "$@"\n`);
    chmodSync(program, 0o755);
    const browser = await Chromium.launch({ ...options, program });
    this.#browsers.push(browser);
    return browser;
  }

  /** The cable is pulled: the machine itself sees that it has no network. */
  unplug(): Fault {
    const { routerDevice } = this.#line;
    this.#router.ip(`link set ${routerDevice} down`);
    return fault(() => this.#router.ip(`link set ${routerDevice} up`));
  }

  /** Goes over to another network, as from the cable to Wi-Fi: the old interface goes down in the moment that the new is up. */
  moveTo(line: Line): void {
    const before = this.#line;
    this.#connect(line);
    this.namespace.ip(`addr flush dev ${before.device}`);
    this.namespace.ip(`link set ${before.device} down`);
    this.#line = line;
  }

  /** The lid is closed: every process in here stands still until mended. */
  sleep(): Fault {
    this.namespace.signal('SIGSTOP');
    return fault(() => this.namespace.signal('SIGCONT'));
  }

  async close(): Promise<void> {
    this.namespace.signal('SIGCONT');
    for (const browser of this.#browsers) await browser.close().catch(() => {});
    rmSync(this.#folder, { recursive: true, force: true });
    this.namespace.remove();
  }

  #connect({ device, routerDevice, address, gateway }: Line): void {
    this.#router.ip(`link add ${routerDevice} type veth peer name ${device} netns ${this.namespace.name}`);
    this.#router.ip(`addr add ${gateway}/24 dev ${routerDevice}`);
    this.#router.ip(`link set ${routerDevice} up`);
    this.namespace.ip(`addr add ${address}/24 dev ${device}`);
    this.namespace.ip(`link set ${device} up`);
    this.namespace.ip(`route replace default via ${gateway}`);
    // The kernel takes its time to say so, and programs look only at interfaces that are up.
    const isUp = `until [ "$(cat /sys/class/net/${device}/operstate)" = up ]; do sleep 0.02; done`;
    this.namespace.run('sh', '-c', isUp);
  }
}
