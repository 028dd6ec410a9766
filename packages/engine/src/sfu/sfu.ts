import type { RxTable, TxTable } from '../ports/index.js';
import { Agenda } from './agenda.js';
import { PacketRun } from './packet-run.js';
import { Publication } from './publication.js';
import { RowWriter } from './row-writer.js';
import { SlotBudget, type SlotHolder } from './slot-budget.js';
import { Source, type SourceOptions } from './source.js';
import { Subscription, type SubscriptionOptions } from './subscription.js';

export interface SfuOptions {
  readonly slots: SlotHolder;
  /** How many slots the histories of all publishers may hold; leave as many to receiving. */
  readonly mostHeldSlots: number;
}

/** All that one media thread forwards, and what is to be done for it as time passes. */
export class Sfu {
  readonly writer = new RowWriter();
  readonly run = new PacketRun(this.writer);
  readonly slots: SlotBudget;
  readonly #agenda = new Agenda();
  readonly #publications = new Set<Publication>();

  constructor({ slots, mostHeldSlots }: SfuOptions) {
    this.slots = new SlotBudget(slots, mostHeldSlots);
  }

  /** A batch has come: what is written from now on goes to `tx`. Packets given to `run` are forwarded by its end. */
  begin(rx: RxTable, tx: TxTable, now: number): void {
    this.writer.begin(tx, now, rx);
    this.run.begin();
  }

  publish(kind: 'audio' | 'video'): Publication {
    const publication = new Publication(kind);
    this.#publications.add(publication);
    return publication;
  }

  unpublish(publication: Publication): void {
    this.run.end();
    publication.close();
    this.#publications.delete(publication);
  }

  /** Adds an encoding to a publication, and gives what its packets are handed to. */
  addSource(publication: Publication, options: Omit<SourceOptions, 'slots' | 'agenda'>): Source {
    const source = new Source({ ...options, slots: this.slots, agenda: this.#agenda });
    publication.addSource(source);
    return source;
  }

  subscribe(options: Omit<SubscriptionOptions, 'writer'>): Subscription {
    return new Subscription({ ...options, writer: this.writer });
  }

  get publications(): number {
    return this.#publications.size;
  }

  /** When `tick` has something to do; infinity when nothing is pending. */
  get nextAtMs(): number {
    return this.#agenda.atMs;
  }

  /** Notices streams that begin, end and change their size. */
  tick(now: number): void {
    if (!this.#agenda.due(now)) return;
    for (const publication of this.#publications) {
      publication.look(now);
      for (const source of publication.sources) this.#agenda.add(source.nextAtMs);
    }
  }
}
