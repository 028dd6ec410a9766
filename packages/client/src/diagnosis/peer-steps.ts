import { SERVER_SUBSCRIBE } from '../record/index.js';
import type { FactIndex } from './fact-index.js';
import type { Step, StepId } from './finding.js';
import { memberViews } from './member-views.js';
import { PeerView } from './peer-view.js';

/** So long an answer, or candidates of the other side, may take to come. */
const ANSWER_MS = 10_000;
/** So long after the way is open sound and picture may take. */
const FIRST_MS = 5_000;

/** The nine rungs of one connection. */
export function peerSteps(index: FactIndex, peer: string): readonly Step[] {
  const view = new PeerView(index, peer);
  return [
    offerStep(view),
    answerStep(view),
    sentCandidatesStep(view),
    receivedCandidatesStep(view),
    checksStep(view),
    pathStep(view),
    dtlsStep(view),
    firstStep(view, 'first-sent'),
    firstStep(view, 'first-rendered'),
  ];
}

function offerStep(view: PeerView): Step {
  const { facts, openedMs } = view;
  const offer = facts.first('description', ({ kind }) => kind === 'offer');
  if (offer !== undefined) return done('offer', openedMs ?? offer.atMs, offer.atMs);
  const refused = facts.last('connection-refused');
  if (openedMs === undefined) {
    return refused === undefined ? waiting('offer') : failed('offer', refused.atMs, refused.atMs);
  }
  return tried(view, 'offer', openedMs, ANSWER_MS);
}

function answerStep(view: PeerView): Step {
  const { facts } = view;
  const offer = facts.first('description', ({ kind }) => kind === 'offer');
  if (offer === undefined) return waiting('answer');
  const answer = facts.first('description', ({ kind }) => kind === 'answer');
  if (answer !== undefined) return done('answer', offer.atMs, answer.atMs);
  const broken = facts.last('negotiation-failed');
  if (broken !== undefined) return failed('answer', offer.atMs, broken.atMs);
  return tried(view, 'answer', offer.atMs, ANSWER_MS);
}

function sentCandidatesStep(view: PeerView): Step {
  const step = 'candidates-sent';
  const { facts } = view;
  const start = facts.first('description', ({ direction }) => direction === 'sent')?.atMs;
  if (start === undefined) return waiting(step);
  const complete =
    facts.first('candidates-end', ({ direction }) => direction === 'sent') ??
    facts.first('gathering', ({ state }) => state === 'complete');
  const last = facts.last('candidate', ({ direction }) => direction === 'sent');
  if (complete !== undefined) {
    return last === undefined ? failed(step, start, complete.atMs) : done(step, start, complete.atMs);
  }
  // A server that does not answer keeps the browser searching long after a way is found.
  if (last !== undefined && view.connectedMs !== undefined) return done(step, start, last.atMs);
  return { step, state: 'running', startMs: start };
}

function receivedCandidatesStep(view: PeerView): Step {
  const step = 'candidates-received';
  const { facts } = view;
  const start = facts.first('description', ({ direction }) => direction === 'received')?.atMs;
  if (start === undefined) return waiting(step);
  const ended = facts.first('candidates-end', ({ direction }) => direction === 'received');
  const last = facts.last('candidate', ({ direction }) => direction === 'received');
  if (last === undefined) {
    // Found by the other side's checks alone.
    if (view.connectedMs !== undefined) return { step, state: 'skipped' };
    return ended === undefined ? tried(view, step, start, ANSWER_MS) : failed(step, start, ended.atMs);
  }
  if (ended !== undefined) return done(step, start, ended.atMs);
  return view.connectedMs === undefined ? { step, state: 'running', startMs: start } : done(step, start, last.atMs);
}

function checksStep(view: PeerView): Step {
  const step = 'checks';
  const start = checkStart(view);
  if (start === undefined) return waiting(step);
  const passed = view.wayFoundMs;
  if (passed !== undefined) return done(step, start, passed);
  if (view.state === 'failed') return failed(step, start, view.stateMs);
  return { step, state: 'running', startMs: start };
}

function pathStep(view: PeerView): Step {
  const step = 'path';
  const passed = view.wayFoundMs;
  if (passed === undefined) return waiting(step);
  if (view.state === 'failed') return failed(step, passed, view.stateMs);
  if (view.state === 'disconnected') return { step, state: 'running', startMs: view.stateMs };
  const path = view.facts.first('path');
  return path === undefined ? { step, state: 'running', startMs: passed } : done(step, passed, path.atMs);
}

function dtlsStep(view: PeerView): Step {
  const step = 'dtls';
  const { facts } = view;
  const passed = view.wayFoundMs;
  const broken = facts.last('dtls')?.state === 'failed' ? facts.last('dtls') : undefined;
  const start = facts.first('dtls', ({ state }) => state === 'connecting')?.atMs ?? passed;
  if (start === undefined || passed === undefined) return waiting(step);
  if (broken !== undefined) return failed(step, start, broken.atMs);
  const end = facts.first('dtls', ({ state }) => state === 'connected')?.atMs ?? view.connectedMs;
  return end === undefined ? { step, state: 'running', startMs: start } : done(step, Math.min(start, end), end);
}

/** Pictures before sound: they take longer, and are what people wait for. */
const SOURCES = ['camera', 'screen', 'microphone'] as const;

function firstStep(view: PeerView, step: 'first-sent' | 'first-rendered'): Step {
  const start = view.connectedMs;
  if (start === undefined) return waiting(step);
  const times = SOURCES.flatMap((source) =>
    step === 'first-sent' ? (view.firstMs('frame-sent', source) ?? []) : (renderedMs(view, source) ?? []),
  );
  if (times.length > 0) return done(step, start, Math.max(start, Math.min(...times)));
  const wanted = SOURCES.some((source) => (step === 'first-sent' ? view.sends(source) : isOffered(view, source)));
  return wanted ? tried(view, step, start, FIRST_MS) : { step, state: 'skipped' };
}

/** By the connection with the media server, what any member offers comes, if it is sent on. */
function isOffered(view: PeerView, source: (typeof SOURCES)[number]): boolean {
  const views = view.id === SERVER_SUBSCRIBE ? memberViews(view.index) : [view];
  return views.some(
    (one) => one.isForwarded(source) && (one.offers(source) === 'on' || one.offers(source) === 'unknown'),
  );
}

/** Sound has no first frame that a page could see: it is there when there is some, and an element plays. */
function renderedMs(view: PeerView, source: (typeof SOURCES)[number]): number | undefined {
  if (source !== 'microphone') return view.firstMs('frame-rendered', source);
  const decoded = view.firstMs('frame-decoded', source);
  const plays = view.facts.first('playback', (fact) => fact.source === source && fact.state === 'playing');
  return decoded === undefined || plays === undefined ? undefined : Math.max(decoded, plays.atMs);
}

function checkStart({ facts, describedMs }: PeerView): number | undefined {
  const checking = facts.first('ice', ({ state }) => state === 'checking') ?? facts.first('pairs');
  return describedMs === undefined ? undefined : checking && Math.max(checking.atMs, describedMs);
}

const waiting = (step: StepId): Step => ({ step, state: 'waiting' });
const done = (step: StepId, startMs: number, endMs: number): Step => ({ step, state: 'done', startMs, endMs });
const failed = (step: StepId, startMs: number, endMs: number): Step => ({ step, state: 'failed', startMs, endMs });

/** Running until `graceMs` have passed without an outcome, or the connection was closed. */
function tried({ nowMs, closedMs }: PeerView, step: StepId, startMs: number, graceMs: number): Step {
  const endMs = Math.min(startMs + graceMs, closedMs ?? Number.POSITIVE_INFINITY);
  return endMs <= nowMs ? failed(step, startMs, endMs) : { step, state: 'running', startMs };
}
