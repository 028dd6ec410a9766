import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server as a process, with everything on free ports of loopback. */
export class StartedServer {
  readonly http: string;
  /** The file of its local authority's certificate. */
  readonly authority: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, http: string, authority: string) {
    this.#child = child;
    this.http = http;
    this.authority = authority;
  }

  /** Runs `start` of a built program with these flags. Resolves when it is ready. */
  static start(program: string, ...flags: string[]): Promise<StartedServer> {
    const ports = ['http', 'https', 'turn', 'turns'].flatMap((name) => [`--${name}-port`, '0']);
    const cwd = mkdtempSync(join(tmpdir(), 'madang-started-'));
    const child = spawn(process.execPath, [program, 'start', ...ports, '--bind', '127.0.0.1', ...flags], {
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
          if (http !== undefined) resolve(new StartedServer(child, http, join(cwd, 'data', 'tls', 'authority.pem')));
        });
      }
    });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
