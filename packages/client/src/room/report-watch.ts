import type { Report } from '@madang/protocol';
import { every } from '../clock.js';
import { ownReport } from '../diagnosis/index.js';
import type { RoomSettings } from './room-options.js';

/** The server passes on one a second; a little less often, so that none comes too early there. */
const PERIOD_MS = 1_200;

export interface ReportDeps {
  readonly settings: RoomSettings;
  /** Oneself, while one is in the room and the server can be reached. */
  selfId(): string | undefined;
  /** Others of the same dialect. */
  listeners(): number;
  send(report: Report): Promise<unknown>;
  changed(memberId: string): void;
}

/** Tells the others how one's own sending and receiving stands, whenever that changes, and keeps what they tell. */
export class ReportWatch {
  readonly #deps: ReportDeps;
  readonly #reports = new Map<string, Report>();
  /** What the others were told last; nothing after one has come who was not told. */
  #told = '';
  #underway = false;

  constructor(deps: ReportDeps) {
    this.#deps = deps;
  }

  /** By member id, one's own included. */
  get reports(): ReadonlyMap<string, Report> {
    return this.#reports;
  }

  /** Reports until the returned function is called. */
  start(): () => void {
    this.#told = '';
    return every(this.#deps.settings.clock, PERIOD_MS, () => this.#turn());
  }

  receive(from: string, report: Report): void {
    this.#reports.set(from, report);
    this.#deps.settings.record.add({ type: 'report', from, report });
    this.#deps.changed(from);
  }

  /** Somebody came, or the membership is another one: everybody is told anew. */
  tellAgain(): void {
    this.#told = '';
  }

  forget(memberId: string): void {
    this.#reports.delete(memberId);
  }

  clear(): void {
    this.#reports.clear();
    this.#told = '';
  }

  #turn(): void {
    const { settings, selfId, listeners, send, changed } = this.#deps;
    const self = selfId();
    if (self === undefined) return;
    const { record } = settings;
    const report = ownReport(record.facts, record.nowMs());
    const text = JSON.stringify(report);
    if (text !== JSON.stringify(this.#reports.get(self))) {
      this.#reports.set(self, report);
      changed(self);
    }
    // One at a time: what waits in a queue would be old when it is sent.
    if (text === this.#told || this.#underway || listeners() === 0) return;
    this.#told = text;
    this.#underway = true;
    send(report)
      .catch(() => this.tellAgain())
      .finally(() => {
        this.#underway = false;
      });
  }
}
