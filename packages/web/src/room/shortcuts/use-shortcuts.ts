import { useEffect } from 'react';
import type { Call } from '../../state/call.js';
import { useCall } from '../../state/call-context.js';
import { singleKeys } from '../../state/single-keys.js';
import { type RunShortcut, useRoomActions } from '../use-room-actions.js';
import { isMac } from './is-mac.js';
import { focusPlace, readShortcut } from './read-shortcut.js';

/** Keys for the whole page while in a room; held space talks. */
export function useShortcuts(): void {
  const call = useCall();
  const { run } = useRoomActions();
  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    const talk = talkWhileHeld(call);
    window.addEventListener('keydown', (event) => onKeyDown(event, talk.start, run), { signal });
    window.addEventListener('keyup', ({ code }) => code === 'Space' && talk.stop(), { signal });
    window.addEventListener('blur', talk.stop, { signal });
    return () => {
      leave.abort();
      talk.stop();
    };
  }, [call, run]);
}

function onKeyDown(event: KeyboardEvent, talk: (event: KeyboardEvent) => void, run: RunShortcut): void {
  if (document.querySelector('[role=dialog], [role=alertdialog], [role=menu]')) return;
  const place = focusPlace(document.activeElement);
  const hasSingleKeys = singleKeys.getState().on;
  if (event.code === 'Space' && place === 'page' && hasSingleKeys) {
    talk(event);
    return;
  }
  const action = readShortcut(event, { place, isMac: isMac(), hasSingleKeys });
  if (!action) return;
  event.preventDefault();
  run(action);
}

/** Unmutes the microphone for as long as the key is held, if it was muted. */
function talkWhileHeld({ desk, store }: Call) {
  return {
    start: (event: KeyboardEvent) => {
      event.preventDefault();
      if (event.repeat || desk.media.state.microphone !== 'muted') return;
      store.setState({ talking: true });
      void desk.setOn('microphone', true);
    },
    stop: () => {
      if (!store.getState().talking) return;
      store.setState({ talking: false });
      void desk.setOn('microphone', false);
    },
  };
}
