import { LocalMedia } from '@madang/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { preferences } from '../../state/preferences.js';
import { type Answer, browserFacts, checkCamera, checkMicrophone, checkSpeaker } from './device-checks.js';
import {
  judgeBrowser,
  judgeLoopback,
  judgeMediaPort,
  judgeRelay,
  judgeSecurity,
  judgeTcp,
  judgeThroughput,
  judgeUdp,
} from './judge.js';
import { callOneself } from './loopback-check.js';
import { hasMediaServer, throughMediaServer, tryMediaPort } from './media-server-check.js';
import { checkSignaling, gatherCandidates, oneByOne } from './network-checks.js';
import type { ServerWalk } from './server-walk.js';
import { CHECKS, type CheckId, type Verdict, verdict } from './verdict.js';
import { type OneServer, walkServer } from './walk-server.js';

export type CheckState = { readonly state: 'waiting' | 'running' } | Verdict;

export interface RunState {
  readonly at: 'idle' | 'running' | 'done';
  readonly checks: Readonly<Record<CheckId, CheckState>>;
  /** What each URL of a STUN or TURN server came to, so far. */
  readonly servers: readonly ServerWalk[];
  /** The notes were played, and the person is asked about them. */
  readonly isAsking: boolean;
  /** Counts changes of the tracks. */
  readonly revision: number;
}

const WAITING = Object.fromEntries(CHECKS.map((check) => [check, { state: 'waiting' }])) as RunState['checks'];

/** What can't be tried without the server. */
const OF_MEDIA_SERVER = ['media-udp', 'media-tcp', 'throughput'] as const;
const OF_SERVER = ['udp', 'tcp', 'relay', ...OF_MEDIA_SERVER] as const;

/** One visit to the test page: its devices, and what the checks came to. */
export class TestRun {
  readonly media = new LocalMedia();
  readonly store: StoreApi<RunState> = createStore<RunState>(() => ({
    at: 'idle',
    checks: WAITING,
    servers: [],
    isAsking: false,
    revision: 0,
  }));
  #answer: ((answer: Answer) => void) | undefined;
  #isOver = false;

  constructor() {
    this.media.on('changed', () => this.store.setState(({ revision }) => ({ revision: revision + 1 })));
  }

  /** Runs all checks: devices one after the other, the network beside them. */
  async start(): Promise<void> {
    if (this.store.getState().at === 'running') return;
    this.media.close();
    this.store.setState({ at: 'running', checks: WAITING, servers: [], isAsking: false });
    const facts = browserFacts();
    this.#set('secure', judgeSecurity(facts));
    this.#set('browser', judgeBrowser(facts));
    await Promise.all([this.#devices(), this.#network()]);
    this.media.close();
    if (!this.#isOver) this.store.setState({ at: 'done' });
  }

  answer(answer: Answer): void {
    this.store.setState({ isAsking: false });
    this.#answer?.(answer);
  }

  close(): void {
    this.#isOver = true;
    this.#answer?.('pass');
    this.media.close();
  }

  async #devices(): Promise<void> {
    await this.#run('camera', () => checkCamera(this.media));
    await this.#run('microphone', () => checkMicrophone(this.media));
    await this.#run('speaker', () => checkSpeaker(preferences.getState().speakerId, () => this.#ask()));
  }

  async #network(): Promise<void> {
    this.#set('signaling', { state: 'running' });
    const { verdict: signaling, iceServers } = await checkSignaling();
    this.#set('signaling', signaling);
    if (iceServers === null) {
      for (const check of OF_SERVER) this.#set(check, verdict('skipped', 'no-answer'));
    } else {
      for (const check of ['udp', 'tcp', 'relay'] as const) this.#set(check, { state: 'running' });
      const candidates = gatherCandidates(iceServers);
      await Promise.all([
        this.#run('udp', async () => judgeUdp(await candidates)),
        this.#run('tcp', async () => judgeTcp(await candidates)),
        this.#run('relay', async () => judgeRelay(await this.#walk(oneByOne(iceServers)))),
        this.#mediaServer(),
      ]);
    }
    await this.#run('loopback', async () => judgeLoopback(await callOneself(iceServers ?? [])));
  }

  async #mediaServer(): Promise<void> {
    if (!(await hasMediaServer())) {
      for (const check of OF_MEDIA_SERVER) this.#set(check, verdict('skipped', 'media-absent'));
      return;
    }
    await Promise.all([
      this.#run('media-udp', async () => judgeMediaPort('udp', await tryMediaPort('udp'))),
      this.#run('media-tcp', async () => judgeMediaPort('tcp', await tryMediaPort('tcp'))),
    ]);
    // What is measured does not share the line with what is only tried.
    await this.#run('throughput', async () => judgeThroughput(await throughMediaServer()));
  }

  /** One after the other, since a user may have only so many relays at a time. Gives those of TURN servers. */
  async #walk(servers: readonly OneServer[]): Promise<ServerWalk[]> {
    for (const server of servers) {
      if (this.#isOver) break;
      const walk = await walkServer(server);
      this.store.setState((state) => ({ servers: [...state.servers, walk] }));
    }
    return this.store.getState().servers.filter(({ kind }) => kind === 'turn');
  }

  #ask(): Promise<Answer> {
    this.store.setState({ isAsking: true });
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  async #run(check: CheckId, work: () => Promise<Verdict>): Promise<void> {
    if (this.#isOver) return;
    this.#set(check, { state: 'running' });
    try {
      this.#set(check, await work());
    } catch (error) {
      this.#set(check, verdict('failed', 'broken', { error: error instanceof Error ? error.message : String(error) }));
    }
  }

  #set(check: CheckId, state: CheckState): void {
    this.store.setState(({ checks }) => ({ checks: { ...checks, [check]: state } }));
  }
}
