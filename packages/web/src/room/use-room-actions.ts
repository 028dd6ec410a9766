import { useMemo } from 'react';
import type { Call } from '../state/call.js';
import { useCall } from '../state/call-context.js';
import { currentMessages } from '../state/language-store.js';
import { toggleFullscreen } from '../ui/use-fullscreen.js';
import { attempt } from './attempt.js';
import { hasToChooseHow } from './leave/leaving.js';
import type { ShortcutAction } from './shortcuts/read-shortcut.js';
import { pinNumbered, toggleLayout, turnPage } from './stage/pins.js';

export type RunShortcut = (action: ShortcutAction) => void;

type NamedAction = Exclude<ShortcutAction, `${string}-${number}`> | 'leave';

/** What buttons and keys do, in one place so that both do the same. */
export type RoomActions = Record<NamedAction, () => void> & { readonly run: RunShortcut };

export function useRoomActions(): RoomActions {
  const call = useCall();
  return useMemo(() => roomActions(call), [call]);
}

function roomActions(call: Call): RoomActions {
  const named = namedActions(call);
  return {
    ...named,
    run: (action) => {
      const [what, number] = action.split('-');
      if (number === undefined) named[action as NamedAction]();
      else if (what === 'pin') pinNumbered(call, Number(number));
      else react(call, Number(number));
    },
  };
}

function namedActions(call: Call): Record<NamedAction, () => void> {
  const { desk, room, store } = call;
  const isOn = (source: 'microphone' | 'camera') => desk.media.state[source] === 'on';
  return {
    microphone: () => void desk.toggle('microphone', !isOn('microphone')),
    camera: () => void desk.toggle('camera', !isOn('camera')),
    chat: () => call.toggle('chat'),
    people: () => call.toggle('people'),
    inspector: () => call.toggle('inspector'),
    share: () => {
      if (desk.media.state.screen === 'on') desk.media.stop('screen');
      else void attempt(desk.media.startScreen({ audio: true }));
    },
    hand: () => void attempt(room.raiseHand(room.self?.handRaisedWallMs == null)),
    fullscreen: toggleFullscreen,
    layout: () => toggleLayout(call),
    nextPage: () => turnPage(call, 1),
    previousPage: () => turnPage(call, -1),
    help: () => store.setState({ dialog: 'shortcuts' }),
    leave: () => {
      if (hasToChooseHow(store.getState().view.members)) store.setState({ dialog: 'leaving' });
      else void call.leave();
    },
  };
}

function react(call: Call, number: number): void {
  const reaction = Object.keys(currentMessages().reactionNames)[number - 1];
  if (reaction !== undefined) void attempt(call.room.react(reaction));
}
