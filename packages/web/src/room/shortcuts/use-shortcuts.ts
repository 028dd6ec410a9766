import { useEffect } from 'react';
import { useCall } from '../../state/call-context.js';
import { useRoomActions } from '../use-room-actions.js';
import { focusPlace, readShortcut } from './read-shortcut.js';

/** Keys for the whole page while in a room; held space talks. */
export function useShortcuts(): void {
  const call = useCall();
  const actions = useRoomActions();
  useEffect(() => {
    const startTalking = (event: KeyboardEvent) => {
      event.preventDefault();
      if (event.repeat || call.desk.media.state.microphone !== 'muted') return;
      call.store.setState({ talking: true });
      void call.desk.setOn('microphone', true);
    };
    const stopTalking = () => {
      if (!call.store.getState().talking) return;
      call.store.setState({ talking: false });
      void call.desk.setOn('microphone', false);
    };
    const onDown = (event: KeyboardEvent) => {
      const place = focusPlace(document.activeElement);
      if (place === 'text' || document.querySelector('[role=dialog], [role=alertdialog], [role=menu]')) return;
      if (event.code === 'Space' && place === 'page') return startTalking(event);
      const action = readShortcut(event);
      if (!action) return;
      event.preventDefault();
      actions[action]();
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.code === 'Space') stopTalking();
    };
    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    window.addEventListener('blur', stopTalking);
    return () => {
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      window.removeEventListener('blur', stopTalking);
      stopTalking();
    };
  }, [call, actions]);
}
