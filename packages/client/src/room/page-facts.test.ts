import { VirtualTime } from '@madang/testkit';
import { afterEach, expect, it, vi } from 'vitest';
import { CallRecord } from '../record/index.js';
import { recordPage } from './page-facts.js';

afterEach(() => vi.unstubAllGlobals());

it('notes going offline, going behind, and a sleep that the clock on the wall alone has seen', () => {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('document', document);
  vi.stubGlobal('navigator', { onLine: true });
  const time = new VirtualTime();
  let sleptMs = 0;
  const clock = {
    now: () => time.nowMs(),
    setTimeout: (run: () => void, delayMs: number) => time.after(delayMs, run),
    clearTimeout: (timer: unknown) => (timer as () => void)(),
  };
  const record = new CallRecord({ clock });
  const stop = recordPage(record, clock, () => time.nowMs() + sleptMs);
  time.advance(3_000);
  page.dispatchEvent(new Event('offline'));
  page.dispatchEvent(new Event('online'));
  sleptMs = 60_000;
  time.advance(1_000);
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  // A page behind others may be called once a minute.
  sleptMs += 50_000;
  time.advance(1_000);
  stop();
  page.dispatchEvent(new Event('offline'));
  time.advance(5_000);
  expect(record.facts.slice(1).map(({ type, atMs: _atMs, ...rest }) => ({ type, ...rest }))).toEqual([
    { type: 'online', online: false },
    { type: 'online', online: true },
    { type: 'slept', forMs: 60_000 },
    { type: 'visible', visible: false },
  ]);
  expect(time.pending).toBe(0);
});
