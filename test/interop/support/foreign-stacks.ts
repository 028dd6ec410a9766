import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inCheckout } from '../../e2e/support/checkout.js';

/** Debian's, whose modules are Debian's too. */
const PYTHON = '/usr/bin/python3';

export type Stack = 'GStreamer' | 'aiortc' | 'libdatachannel' | 'libwebrtc' | 'Pion';

/** The programs of `foreign/`, ready to run: Pion's is built, and clips are encoded for those that have no encoders. */
export class ForeignStacks {
  readonly #clips = mkdtempSync(join(tmpdir(), 'madang-clips-'));
  readonly #programs: Readonly<Record<Stack, readonly string[]>>;

  constructor() {
    execFileSync(PYTHON, [program('clip.py'), this.#clips], { stdio: ['ignore', 'ignore', 'inherit'] });
    this.#programs = {
      GStreamer: [PYTHON, program('gstreamer.py')],
      aiortc: [PYTHON, program('aiortc-guest.py')],
      libdatachannel: [process.execPath, program('libdatachannel.mjs')],
      libwebrtc: [process.execPath, program('libwebrtc.mjs')],
      Pion: [buildPion()],
    };
  }

  /** The command by which a stack publishes to the address of a WHIP endpoint. */
  publish(stack: Stack, url: string): string[] {
    return [...this.#programs[stack], 'publish', url, this.#clips];
  }

  /** The command by which it views from that of a WHEP endpoint. */
  view(stack: Stack, url: string): string[] {
    return [...this.#programs[stack], 'view', url];
  }

  remove(): void {
    rmSync(this.#clips, { recursive: true, force: true });
  }
}

function program(name: string): string {
  return inCheckout(`test/interop/foreign/${name}`);
}

/** By Debian's sources alone. Go keeps what it compiled, so that only the first time takes long. */
function buildPion(): string {
  const folder = inCheckout('node_modules/.madang/pion');
  mkdirSync(folder, { recursive: true });
  const built = join(folder, 'guest');
  const env = {
    ...process.env,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOCACHE: join(folder, 'cache'),
    GOFLAGS: '',
  };
  execFileSync('go', ['build', '-o', built, program('pion-guest.go')], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return built;
}
