import { expect, test } from 'vitest';
import { BackGuard } from './back-guard.js';

/** A history of which only the entries of the guard count; the browser goes back later than it is asked. */
function setUp() {
  let entries = 0;
  let asked = 0;
  const due: (() => void)[] = [];
  const guard = new BackGuard({ pushState: () => (entries += 1), back: () => (asked += 1) }, (run) => due.push(run));
  return {
    guard,
    entries: () => entries,
    /** What was to run later runs, and the browser does what it was asked to. */
    settle() {
      for (const run of due.splice(0)) run();
      for (; asked > 0; asked--) this.back();
    },
    back() {
      entries -= 1;
      guard.wentBack();
    },
  };
}

test('the way back closes what is open, and once only', () => {
  const { guard, back, entries } = setUp();
  let closed = 0;
  guard.opened(() => (closed += 1));
  expect(entries()).toBe(1);
  back();
  expect(closed).toBe(1);
  expect(entries()).toBe(0);
});

test('what was closed otherwise leaves no entry behind', () => {
  const page = setUp();
  const closed = page.guard.opened(() => {});
  closed();
  page.settle();
  expect(page.entries()).toBe(0);
});

test('one thing that gives way to the next keeps the entry, and the next one stays open', () => {
  const page = setUp();
  let isOpen = true;
  const closeFirst = page.guard.opened(() => {});
  closeFirst();
  page.guard.opened(() => (isOpen = false));
  page.settle();
  expect(page.entries()).toBe(1);
  expect(isOpen).toBe(true);
  page.back();
  expect(isOpen).toBe(false);
  expect(page.entries()).toBe(0);
});

test('what opens while the browser is still on its way back is guarded as soon as it has arrived', () => {
  const page = setUp();
  let isOpen = true;
  const due = page.guard.opened(() => {});
  due();
  // The entry is being taken away: the browser has been asked, and has not gone yet.
  let late: (() => void) | undefined;
  const slow = new BackGuard({ pushState: () => {}, back: () => {} }, (run) => {
    late = run;
  });
  slow.opened(() => {})();
  late?.();
  slow.opened(() => (isOpen = false));
  slow.wentBack();
  expect(isOpen).toBe(true);
  slow.wentBack();
  expect(isOpen).toBe(false);
});

test('of two things on top of each other the upper one closes first', () => {
  const page = setUp();
  const closed: string[] = [];
  page.guard.opened(() => closed.push('lower'));
  page.guard.opened(() => closed.push('upper'));
  page.back();
  expect(closed).toEqual(['upper']);
  expect(page.entries()).toBe(1);
  page.back();
  expect(closed).toEqual(['upper', 'lower']);
});
