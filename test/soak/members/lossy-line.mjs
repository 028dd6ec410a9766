import { execFileSync } from 'node:child_process';

const SERVER = '10.88.0.1';
const GUESTS = '10.88.0.2';

/**
 * Two networks of their own with one line between them, which loses so many of a hundred packets each way, of TCP as of UDP:
 * `server` and `guests` are what to put before a command that is to run in one of them. Needs root. `close` removes both.
 */
export class LossyLine {
  static SERVER = SERVER;
  static GUESTS = GUESTS;
  #names = [];

  constructor(percent) {
    try {
      const [server, guests] = ['server', 'guests'].map((what) => this.#add(`madang-${process.pid}-soak-${what}`));
      run('ip', '-n', server, 'link', 'add', 'line', 'type', 'veth', 'peer', 'name', 'line', 'netns', guests);
      this.#raise(server, SERVER, percent);
      this.#raise(guests, GUESTS, percent);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Why there can be none here, in a sentence; undefined where there can. */
  static whyNone() {
    if (process.getuid?.() !== 0) return 'a line that loses packets needs root';
    try {
      new LossyLine(1).close();
      return undefined;
    } catch (error) {
      return `a line that loses packets can't be made here: ${error.message.trim()}`;
    }
  }

  get server() {
    return ['ip', 'netns', 'exec', this.#names[0]];
  }

  get guests() {
    return ['ip', 'netns', 'exec', this.#names[1]];
  }

  close() {
    for (const name of this.#names.splice(0)) run('ip', 'netns', 'del', name);
  }

  #add(name) {
    run('ip', 'netns', 'add', name);
    this.#names.push(name);
    return name;
  }

  #raise(name, address, percent) {
    const inside = ['ip', 'netns', 'exec', name];
    for (const device of ['lo', 'line']) run('ip', '-n', name, 'link', 'set', device, 'up');
    run('ip', '-n', name, 'addr', 'add', `${address}/24`, 'dev', 'line');
    run('ip', '-n', name, 'route', 'add', 'default', 'via', address === SERVER ? GUESTS : SERVER);
    // What is handed over in one piece would be lost in one piece: each packet takes its own chance.
    run('ip', '-n', name, 'link', 'set', 'line', 'gso_max_segs', '1');
    run(...inside, 'nft', 'add table inet soak');
    run(...inside, 'nft', 'add chain inet soak arriving { type filter hook input priority 0; }');
    run(...inside, 'nft', `add rule inet soak arriving iifname line numgen random mod 100 < ${percent} counter drop`);
  }
}

function run(program, ...args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
