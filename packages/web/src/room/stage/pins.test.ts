import { beforeEach, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Call } from '../../state/call.js';
import { preferences } from '../../state/preferences.js';
import { chooseLayout, pinNumbered, setSpotlight, toggleLayout, togglePin, turnPage } from './pins.js';

function callWith(members: object[], shown: string[] = []) {
  const store = createStore(() => ({
    view: { members, spotlight: null },
    pinned: null,
    layout: 'auto',
    page: 0,
    shown,
    selfHidden: false,
  }));
  return { call: { store } as unknown as Call, now: () => store.getState() as Record<string, unknown> };
}

const members = [
  { id: 'me', isSelf: true },
  { id: 'bo', isSelf: false, screen: {} },
  { id: 'cho', isSelf: false },
];
const shown = ['bo/screen', 'bo/camera', 'cho/camera', 'me/camera'];

beforeEach(() => preferences.setState({ layout: 'auto' }));

test('a number makes that tile large, again makes all alike', () => {
  const { call, now } = callWith(members, shown);
  pinNumbered(call, 3);
  expect(now().pinned).toBe('cho/camera');
  pinNumbered(call, 1);
  expect(now().pinned).toBe('bo/screen');
  pinNumbered(call, 1);
  expect(now().pinned).toBeNull();
});

test('numbers are those of the page that is seen', () => {
  const { call, now } = callWith(members, ['cho/camera', 'me/camera']);
  pinNumbered(call, 1);
  expect(now().pinned).toBe('cho/camera');
  pinNumbered(call, 2);
  expect(now().pinned).toBe('cho/camera');
});

test('0 is oneself, brought back when hidden; a number without a tile does nothing', () => {
  const { call, now } = callWith(members, shown);
  call.store.setState({ selfHidden: true });
  pinNumbered(call, 0);
  expect(now()).toMatchObject({ pinned: 'me/camera', selfHidden: false });
  pinNumbered(call, 4);
  expect(now().pinned).toBe('me/camera');
});

test('the layout goes from one large tile to all alike and back to the same one', () => {
  const { call, now } = callWith(members, shown);
  pinNumbered(call, 3);
  toggleLayout(call);
  expect(now()).toMatchObject({ layout: 'tiles', pinned: 'cho/camera' });
  toggleLayout(call);
  expect(now()).toMatchObject({ layout: 'auto', pinned: 'cho/camera' });
});

test('from all alike it goes back to the layout that was chosen, which outlives the call', () => {
  const { call, now } = callWith(members, shown);
  chooseLayout(call, 'speaker');
  toggleLayout(call);
  expect(now().layout).toBe('tiles');
  toggleLayout(call);
  expect(now().layout).toBe('speaker');
  expect(preferences.getState().layout).toBe('speaker');
});

test('pinning while all are alike makes that one large at once', () => {
  const { call, now } = callWith(members, shown);
  togglePin(call, 'cho/camera');
  toggleLayout(call);
  togglePin(call, 'cho/camera');
  expect(now()).toMatchObject({ layout: 'auto', pinned: 'cho/camera' });
});

test('without a large tile there is no layout to change', () => {
  const { call, now } = callWith([
    { id: 'me', isSelf: true },
    { id: 'cho', isSelf: false },
  ]);
  toggleLayout(call);
  expect(now().layout).toBe('auto');
});

test('pages stop at the first', () => {
  const { call, now } = callWith(members, shown);
  turnPage(call, 1);
  turnPage(call, -1);
  turnPage(call, -1);
  expect(now().page).toBe(0);
});

test('the spotlight leaves the rest of the room’s metadata as it is', () => {
  const { call } = callWith(members, shown);
  const told: unknown[] = [];
  const room = {
    info: { metadata: { title: 'Standup', spotlight: 'gone/camera' } },
    setRoomMetadata: async (metadata: unknown) => void told.push(metadata),
  };
  const hosted = { ...call, room } as unknown as Call;
  setSpotlight(hosted, 'bo/camera');
  setSpotlight(hosted, null);
  expect(told).toEqual([{ title: 'Standup', spotlight: 'bo/camera' }, { title: 'Standup' }]);
});
