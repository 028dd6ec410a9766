import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PREFIX = 'madang';
let made = 0;

/** A network of its own on this machine, as `ip netns` makes them. Its name tells which process it belongs to. */
export class Namespace {
  readonly name: string;
  /** What to put before a command so that it runs in here. */
  readonly entrance: readonly string[];

  private constructor(name: string) {
    this.name = name;
    this.entrance = ['ip', 'netns', 'exec', name];
  }

  /** Nothing in it but its loopback. */
  static create(what: string): Namespace {
    made += 1;
    const namespace = new Namespace(`${PREFIX}-${process.pid}-${made}-${what}`);
    execFileSync('ip', ['netns', 'add', namespace.name]);
    namespace.ip('link set lo up');
    namespace.set('net/ipv6/conf/all/disable_ipv6', 1);
    namespace.set('net/ipv6/conf/default/disable_ipv6', 1);
    return namespace;
  }

  /** Removes what earlier processes left that ended before they could clean up. */
  static sweep(): void {
    for (const line of run('ip', ['netns', 'list']).split('\n')) {
      const [, name, pid] = /^(madang-(\d+)-\S+)/.exec(line) ?? [];
      if (name !== undefined && !existsSync(`/proc/${pid}`)) new Namespace(name).remove();
    }
  }

  /** Runs `ip ARGUMENTS` in here, arguments separated by blanks. */
  ip(args: string): string {
    return run('ip', ['-n', this.name, ...args.split(' ')]);
  }

  /** Runs a command in here and gives what it printed; throws with what it complained about. */
  run(command: string, ...args: string[]): string {
    const [program, ...rest] = [...this.entrance, command, ...args];
    return run(program!, rest);
  }

  /** Sets a value below `/proc/sys`. */
  set(key: string, value: number): void {
    this.run('sh', '-c', `echo ${value} > /proc/sys/${key}`);
  }

  /** Every process that was started in here and lives. */
  processes(): number[] {
    return run('ip', ['netns', 'pids', this.name]).split('\n').filter(Boolean).map(Number);
  }

  /** Ends the processes in here, and the namespace with all its links. */
  remove(): void {
    this.signal('SIGKILL');
    run('ip', ['netns', 'del', this.name]);
  }

  /** Sends a signal to every process in here. */
  signal(signal: NodeJS.Signals): void {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended in this very moment.
      }
    }
  }
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
