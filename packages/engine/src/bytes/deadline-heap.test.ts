import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Deadline, DeadlineHeap } from './deadline-heap.js';

function drainAll(heap: DeadlineHeap<string>, now: number): string[] {
  const values: string[] = [];
  for (let due = heap.due(now); due !== null; due = heap.due(now)) values.push(due.value);
  return values;
}

test('gives what is due, earliest first, and leaves the rest', () => {
  const heap = new DeadlineHeap<string>();
  heap.add('late', 30);
  heap.add('early', 10);
  heap.add('middle', 20);
  expect(heap.nextAt()).toBe(10);
  expect(drainAll(heap, 20)).toEqual(['early', 'middle']);
  expect(heap.nextAt()).toBe(30);
  expect(heap.due(29.999)).toBeNull();
});

test('breaks ties by the order of setting', () => {
  const heap = new DeadlineHeap<string>();
  const first = heap.add('first', 5);
  heap.add('second', 5);
  heap.move(first, 5);
  expect(drainAll(heap, 5)).toEqual(['second', 'first']);
});

test('a deadline that came due or was removed can be neither moved nor removed', () => {
  const heap = new DeadlineHeap<string>();
  const due = heap.add('due', 1);
  const removed = heap.add('removed', 2);
  expect(heap.remove(removed)).toBe(true);
  expect(heap.due(1)).toBe(due);
  for (const deadline of [due, removed]) {
    expect(heap.move(deadline, 9)).toBe(false);
    expect(heap.remove(deadline)).toBe(false);
  }
  expect(heap.size).toBe(0);
  expect(heap.nextAt()).toBeNull();
});

test('does not take a deadline of another heap for its own', () => {
  const heap = new DeadlineHeap<string>();
  const other = new DeadlineHeap<string>();
  heap.add('mine', 1);
  expect(heap.remove(other.add('theirs', 1))).toBe(false);
  expect(heap.size).toBe(1);
});

const times = fc.integer({ min: 0, max: 50 });
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('add' as const), atMs: times }),
    fc.record({ kind: fc.constant('move' as const), which: fc.nat(), atMs: times }),
    fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }),
    fc.record({ kind: fc.constant('due' as const), now: times }),
  ),
  { maxLength: 200 },
);

test('agrees with a sorted list, whatever is added, moved, removed and taken', () => {
  fc.assert(
    fc.property(steps, (walk) => {
      const heap = new DeadlineHeap<number>();
      let model: { deadline: Deadline<number>; order: number }[] = [];
      let order = 0;
      const sorted = () => model.sort((a, b) => a.deadline.atMs - b.deadline.atMs || a.order - b.order);
      for (const step of walk) {
        if (step.kind === 'add') {
          model.push({ deadline: heap.add(order, step.atMs), order: order++ });
        } else if (step.kind === 'due') {
          const first = sorted()[0]?.deadline;
          const expected = first !== undefined && first.atMs <= step.now ? first : null;
          expect(heap.due(step.now)).toBe(expected);
          model = model.filter(({ deadline }) => deadline !== expected);
        } else if (model.length > 0) {
          const chosen = model[step.which % model.length]!;
          if (step.kind === 'move') {
            expect(heap.move(chosen.deadline, step.atMs)).toBe(true);
            chosen.order = order++;
          } else {
            expect(heap.remove(chosen.deadline)).toBe(true);
            model = model.filter((other) => other !== chosen);
          }
        }
        expect(heap.size).toBe(model.length);
        expect(heap.nextAt()).toBe(sorted()[0]?.deadline.atMs ?? null);
      }
    }),
  );
});
