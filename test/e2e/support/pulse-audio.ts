import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.js';

/**
 * A sound server of one's own, for what fake devices can't do: microphones that are plugged in and out and muted by the
 * system. A microphone is what is played into a null sink; `play` plays a tone there. Nothing of the machine's sound is
 * touched.
 */
export class PulseAudio {
  private readonly home: string;
  private readonly daemon: ChildProcess;
  private readonly modules = new Map<string, string[]>();
  private readonly tones = new Set<ChildProcess>();

  private constructor(home: string, daemon: ChildProcess) {
    this.home = home;
    this.daemon = daemon;
  }

  /** Resolves once the server answers. It has no device at all yet. */
  static async start(): Promise<PulseAudio> {
    const home = mkdtempSync(join(tmpdir(), 'madang-pulse-'));
    const runtime = join(home, 'runtime');
    mkdirSync(runtime, { mode: 0o700 });
    const socket = join(runtime, 'native');
    const daemon = spawn(
      'pulseaudio',
      [
        '-n',
        '--daemonize=no',
        '--exit-idle-time=-1',
        '--use-pid-file=no',
        '--disallow-exit=no',
        '--load',
        `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
        '--load',
        'module-always-sink',
      ],
      { stdio: 'ignore', env: { ...process.env, ...PulseAudio.places(home) } },
    );
    const pulse = new PulseAudio(home, daemon);
    await until('the sound server', () => pulse.control('info'), Boolean, 15_000).catch(async (error: unknown) => {
      await pulse.close();
      throw error;
    });
    return pulse;
  }

  /** What a browser needs in its environment to use this server. */
  get environment(): Record<string, string> {
    return { ...PulseAudio.places(this.home), PULSE_SERVER: `unix:${join(this.home, 'runtime', 'native')}` };
  }

  /** Plugs a microphone in. `name` is what the system calls it, `label` what people read. */
  plug(name: string, label: string): void {
    const described = (what: string) => `device.description="${what}"`;
    const sink = this.control(
      'load-module',
      'module-null-sink',
      `sink_name=${name}-in`,
      `sink_properties=${described(`${label}-in`)}`,
    );
    const source = this.control(
      'load-module',
      'module-remap-source',
      `source_name=${name}`,
      `master=${name}-in.monitor`,
      `source_properties=${described(label)}`,
    );
    this.modules.set(name, [source.trim(), sink.trim()]);
    if (this.modules.size === 1) this.control('set-default-source', name);
  }

  /** Pulls it out. */
  unplug(name: string): void {
    for (const module of this.modules.get(name) ?? []) this.control('unload-module', module);
    this.modules.delete(name);
  }

  /** Mutes it as a system's sound settings, or a key of the keyboard, do. */
  mute(name: string, muted: boolean): void {
    this.control('set-source-mute', name, muted ? '1' : '0');
  }

  /** Plays a tone of 440 Hz into a microphone, until the returned function is called. */
  play(name: string): () => void {
    const tone = spawn(
      'pacat',
      ['--playback', `--device=${name}-in`, '--format=s16le', '--rate=48000', '--channels=1'],
      {
        stdio: ['pipe', 'ignore', 'ignore'],
        env: { ...process.env, ...this.environment },
      },
    );
    this.tones.add(tone);
    const second = Buffer.alloc(48_000 * 2);
    for (let ix = 0; ix < 48_000; ix++)
      second.writeInt16LE(Math.round(8_000 * Math.sin((ix * 440 * 2 * Math.PI) / 48_000)), ix * 2);
    const feed = () => {
      while (tone.stdin.writable && tone.stdin.write(second));
    };
    tone.stdin.on('drain', feed).on('error', () => {});
    feed();
    return () => {
      tone.kill();
      this.tones.delete(tone);
    };
  }

  async close(): Promise<void> {
    for (const tone of this.tones) tone.kill();
    if (this.daemon.exitCode === null) {
      const ended = once(this.daemon, 'exit');
      this.daemon.kill('SIGTERM');
      const patience = setTimeout(() => this.daemon.kill('SIGKILL'), 2_000);
      await ended;
      clearTimeout(patience);
    }
    rmSync(this.home, { recursive: true, force: true });
  }

  private control(...words: string[]): string {
    return execFileSync('pactl', words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...this.environment },
      timeout: 5_000,
    });
  }

  private static places(home: string): Record<string, string> {
    return { HOME: home, XDG_RUNTIME_DIR: join(home, 'runtime'), PULSE_RUNTIME_PATH: join(home, 'runtime') };
  }
}
