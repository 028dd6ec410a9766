import { type Deadline, DeadlineHeap } from '../bytes/index.js';
import type { Random, RxTable, TxTable } from '../ports/index.js';
import { ReportSchedule } from '../stream/index.js';
import { Agenda } from './agenda.js';
import { type FeedbackCounts, FeedbackReader } from './feedback-reader.js';
import { Publication } from './publication.js';
import { ReportWriter } from './report-writer.js';
import { RowWriter } from './row-writer.js';
import { SlotBudget, type SlotHolder } from './slot-budget.js';
import { Source, type SourceOptions } from './source.js';
import { Viewer, type ViewerOptions } from './viewer.js';

export interface SfuOptions {
  readonly slots: SlotHolder;
  /** How many slots the histories of all publishers may hold; leave as many to receiving. */
  readonly mostHeldSlots: number;
  readonly random: Random;
}

/** How often a viewer is sent reports, in the mean: video wants them closer together than RFC 3550's five seconds. */
const REPORT_MS = 1000;

interface ReportedViewer {
  readonly viewer: Viewer;
  readonly schedule: ReportSchedule;
  deadline: Deadline<ReportedViewer>;
}

/** All that one media thread forwards: publications and viewers, and what is to be done for them as time passes. */
export class Sfu {
  readonly writer = new RowWriter();
  readonly slots: SlotBudget;
  readonly #random: Random;
  readonly #agenda = new Agenda();
  readonly #publications = new Set<Publication>();
  readonly #viewers = new Map<Viewer, ReportedViewer>();
  readonly #reports = new DeadlineHeap<ReportedViewer>();
  readonly #feedback = new FeedbackReader();
  readonly #reportWriter = new ReportWriter();

  constructor({ slots, mostHeldSlots, random }: SfuOptions) {
    this.slots = new SlotBudget(slots, mostHeldSlots);
    this.#random = random;
  }

  /** A batch has come: what is written from now on goes to `tx`. */
  begin(rx: RxTable, tx: TxTable): void {
    this.writer.begin(tx, rx);
  }

  publish(kind: 'audio' | 'video'): Publication {
    const publication = new Publication(kind);
    this.#publications.add(publication);
    return publication;
  }

  unpublish(publication: Publication): void {
    publication.close();
    this.#publications.delete(publication);
  }

  /** Adds an encoding to a publication, and gives what its packets are handed to. */
  addSource(publication: Publication, options: Omit<SourceOptions, 'slots' | 'agenda'>): Source {
    const source = new Source({ ...options, slots: this.slots, agenda: this.#agenda });
    publication.addSource(source);
    return source;
  }

  addViewer(options: ViewerOptions, now: number): Viewer {
    const viewer = new Viewer(options);
    const schedule = new ReportSchedule(REPORT_MS, now, this.#random.uint32());
    const reported = { viewer, schedule } as ReportedViewer;
    reported.deadline = this.#reports.add(reported, schedule.nextAtMs);
    this.#viewers.set(viewer, reported);
    return viewer;
  }

  /** Ends all that goes to a viewer. */
  removeViewer(viewer: Viewer): void {
    for (const subscription of [...viewer.subscriptions]) subscription.close();
    const reported = this.#viewers.get(viewer);
    if (reported !== undefined) this.#reports.remove(reported.deadline);
    this.#viewers.delete(viewer);
  }

  /** RTCP of a viewer: `length` bytes at `at` of the slab. False when it is malformed. */
  feedback(viewer: Viewer, bytes: Uint8Array, at: number, length: number, now: number): boolean {
    return this.#feedback.read(viewer, bytes, at, length, now, this.writer);
  }

  get counts(): FeedbackCounts & {
    readonly publications: number;
    readonly viewers: number;
    readonly heldSlots: number;
  } {
    const [publications, viewers] = [this.#publications.size, this.#viewers.size];
    return { ...this.#feedback.counts, publications, viewers, heldSlots: this.slots.held };
  }

  /** When `tick` has something to do; infinity when nothing is pending. */
  get nextAtMs(): number {
    return Math.min(this.#agenda.atMs, this.#reports.nextAt() ?? Number.POSITIVE_INFINITY);
  }

  /** Asks publishers for keyframes, notices streams that begin and end, and sends reports. */
  tick(now: number, tx: TxTable): void {
    this.writer.begin(tx);
    if (this.#agenda.due(now)) for (const publication of this.#publications) this.#look(publication, now);
    for (let due = this.#reports.due(now); due !== null; due = this.#reports.due(now)) this.#report(due.value, now);
  }

  #look(publication: Publication, now: number): void {
    for (const source of publication.sources) {
      const hasChanged = source.flowChanged(now) !== null || source.isResized;
      source.isResized = false;
      if (hasChanged) publication.choose();
    }
    for (const source of publication.sources) {
      if (source.keyframes.due(now, source.publisher.roundTrip.ms)) this.#reportWriter.askKeyframe(source, this.writer);
      this.#agenda.add(source.nextAtMs);
    }
  }

  #report(reported: ReportedViewer, now: number): void {
    this.#reportWriter.report(reported.viewer, now, this.writer);
    reported.schedule.due(now, this.#random.uint32());
    reported.deadline = this.#reports.add(reported, reported.schedule.nextAtMs);
  }
}
