import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server as a process, on free ports of loopback. */
export class StartedServer {
  readonly http: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, http: string) {
    this.#child = child;
    this.http = http;
  }

  /** Runs `start` of a built program with these flags. Resolves when it is ready. */
  static start(program: string, ...flags: string[]): Promise<StartedServer> {
    const ports = ['--http-port', '0', '--https-port', '0', '--bind', '127.0.0.1'];
    const cwd = mkdtempSync(join(tmpdir(), 'madang-started-'));
    const child = spawn(process.execPath, [program, 'start', ...ports, ...flags], {
      cwd,
      env: { PATH: process.env.PATH ?? '' },
    });
    let out = '';
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${out}`)));
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          out += text;
          const [, http] = /^ready (\S+)/m.exec(out) ?? [];
          if (http !== undefined) resolve(new StartedServer(child, http));
        });
      }
    });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
