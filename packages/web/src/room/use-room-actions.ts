import { useMemo } from 'react';
import type { Call } from '../state/call.js';
import { useCall } from '../state/call-context.js';
import { attempt } from './attempt.js';
import type { ShortcutAction } from './shortcuts/read-shortcut.js';

/** What buttons and keys do, in one place so that both do the same. */
export function useRoomActions(): Record<ShortcutAction, () => void> {
  const call = useCall();
  return useMemo(() => roomActions(call), [call]);
}

function roomActions(call: Call): Record<ShortcutAction, () => void> {
  const { desk, room, store } = call;
  const isOn = (source: 'microphone' | 'camera') => desk.media.state[source] === 'on';
  return {
    microphone: () => void desk.toggle('microphone', !isOn('microphone')),
    camera: () => void desk.toggle('camera', !isOn('camera')),
    chat: () => call.toggle('chat'),
    people: () => call.toggle('people'),
    share: () => {
      if (desk.media.state.screen === 'on') desk.media.stop('screen');
      else void attempt(desk.media.startScreen({ audio: true }));
    },
    hand: () => void attempt(room.raiseHand(room.self?.handRaisedWallMs == null)),
    help: () => store.setState({ dialog: 'shortcuts' }),
  };
}
