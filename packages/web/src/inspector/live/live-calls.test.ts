import type { Fact } from '@madang/client';
import { expect, test } from 'vitest';
import { LiveCalls } from './live-calls.js';
import type { LiveChannel, LiveMessage } from './live-message.js';
import { shareRecord } from './share-record.js';

/** Channels of one name that hand on at once, by value, as a browser does. */
function air() {
  const all = new Set<LiveChannel>();
  const sent: LiveMessage[] = [];
  const tune = (): LiveChannel => {
    const own: LiveChannel = {
      onmessage: null,
      postMessage(message) {
        sent.push(message);
        const data = structuredClone(message);
        for (const other of all) if (other !== own) other.onmessage?.({ data } as MessageEvent);
      },
      close: () => all.delete(own),
    };
    all.add(own);
    return own;
  };
  return { tune, sent };
}

const online = (atMs: number): Fact => ({ type: 'online', online: true, atMs });

function call(tune: () => LiveChannel, id = 'c1') {
  const record = { facts: [online(1)] as readonly Fact[], nowMs: () => 10 };
  return { record, stop: shareRecord({ id, describe: () => ({ room: 'tea', name: 'Ana' }), record }, tune()) };
}

test('a page finds the calls that were there before it and those that come later', () => {
  const { tune } = air();
  call(tune, 'before');
  const page = new LiveCalls('w', tune());
  call(tune, 'later');
  expect(page.calls).toEqual([
    { id: 'before', room: 'tea', name: 'Ana' },
    { id: 'later', room: 'tea', name: 'Ana' },
  ]);
});

test('a watcher gets everything once, then only what is new', () => {
  const { tune, sent } = air();
  const { record } = call(tune);
  const page = new LiveCalls('w', tune());
  page.watch(page.calls[0]!);
  record.facts = [...record.facts, online(2)];
  page.look();
  expect(page.watched).toMatchObject({ facts: [online(1), online(2)], nowMs: 10, isOver: false });
  const answers = sent.filter((message) => message.type === 'facts');
  expect(answers.map(({ isWhole, facts }) => [isWhole, facts.length])).toEqual([
    [true, 1],
    [false, 1],
  ]);
});

test('when the record has let go of what the watcher had last, it gets everything again', () => {
  const { tune } = air();
  const { record } = call(tune);
  const page = new LiveCalls('w', tune());
  page.watch(page.calls[0]!);
  record.facts = [online(7), online(8)];
  page.look();
  expect(page.watched?.facts).toEqual([online(7), online(8)]);
});

test('two pages watch without disturbing each other', () => {
  const { tune } = air();
  const { record } = call(tune);
  const [one, two] = [new LiveCalls('1', tune()), new LiveCalls('2', tune())];
  one.watch(one.calls[0]!);
  record.facts = [...record.facts, online(2)];
  two.watch(two.calls[0]!);
  one.look();
  expect(one.watched?.facts).toEqual(two.watched?.facts);
});

test('a call that ends is known to be over and stays as it stood', () => {
  const { tune } = air();
  const { stop } = call(tune);
  const page = new LiveCalls('w', tune());
  page.watch(page.calls[0]!);
  stop();
  expect(page.calls).toEqual([]);
  expect(page.watched).toMatchObject({ isOver: true, facts: [online(1)] });
});

test('a tab that answers no more is given up', () => {
  const { tune } = air();
  const page = new LiveCalls('w', tune());
  page.watch({ id: 'gone', room: 'tea', name: '' });
  for (let second = 0; second < 9; second++) page.look();
  expect(page.watched?.isOver).toBe(false);
  page.look();
  expect(page.watched?.isOver).toBe(true);
});

test('what another version says is passed over', () => {
  const { tune } = air();
  call(tune);
  const page = new LiveCalls('w', tune());
  tune().postMessage({ type: 'future' } as unknown as LiveMessage);
  tune().postMessage(null as unknown as LiveMessage);
  expect(page.calls).toHaveLength(1);
});
