import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Call } from '../../state/call.js';
import { pinNumbered, toggleLayout, togglePin } from './pins.js';

function callWith(members: object[]) {
  const store = createStore(() => ({ view: { members }, pinned: null, tiled: false, selfHidden: false }));
  return { call: { store } as unknown as Call, now: () => store.getState() as Record<string, unknown> };
}

const members = [
  { id: 'me', isSelf: true },
  { id: 'bo', isSelf: false, screen: {} },
  { id: 'cho', isSelf: false },
];

test('a number makes that tile large, again makes all alike', () => {
  const { call, now } = callWith(members);
  pinNumbered(call, 3);
  expect(now().pinned).toBe('cho/camera');
  pinNumbered(call, 1);
  expect(now().pinned).toBe('bo/screen');
  pinNumbered(call, 1);
  expect(now().pinned).toBeNull();
});

test('0 is oneself, brought back when hidden; a number without a tile does nothing', () => {
  const { call, now } = callWith(members);
  call.store.setState({ selfHidden: true });
  pinNumbered(call, 0);
  expect(now()).toMatchObject({ pinned: 'me/camera', selfHidden: false });
  pinNumbered(call, 4);
  expect(now().pinned).toBe('me/camera');
});

test('the layout goes from one large tile to all alike and back to the same one', () => {
  const { call, now } = callWith(members);
  pinNumbered(call, 3);
  toggleLayout(call);
  expect(now()).toMatchObject({ tiled: true, pinned: 'cho/camera' });
  toggleLayout(call);
  expect(now()).toMatchObject({ tiled: false, pinned: 'cho/camera' });
});

test('pinning while all are alike makes that one large at once', () => {
  const { call, now } = callWith(members);
  togglePin(call, 'cho/camera');
  toggleLayout(call);
  togglePin(call, 'cho/camera');
  expect(now()).toMatchObject({ tiled: false, pinned: 'cho/camera' });
});

test('without a large tile there is no layout to change', () => {
  const { call, now } = callWith([
    { id: 'me', isSelf: true },
    { id: 'cho', isSelf: false },
  ]);
  toggleLayout(call);
  expect(now().tiled).toBe(false);
});
