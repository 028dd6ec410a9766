import { useDeferredValue, useEffect } from 'react';
import { RoomScreen } from '../room/room-screen.js';
import { useCall, useCallState } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { DoorPage } from './door/door-page.js';
import { OutsidePage } from './outside-page.js';
import { usePageTitle } from './use-page-title.js';

/** Before the door, inside, or outside again. */
export function RoomScenes({ onAgain }: { readonly onAgain: () => void }) {
  const call = useCall();
  // Drawing the room is a long task: deferred, it lets the first offer out in between.
  const phase = useDeferredValue(useCallState((state) => state.phase));
  const unread = useCallState((state) => state.unread);
  const { app } = useMessages();
  const title = app.pageTitle(call.roomName);
  usePageTitle(unread > 0 && phase.at === 'inside' ? app.unreadTitle(unread, title) : title);
  useStageScene(phase.at === 'inside');

  if (phase.at === 'inside') return <RoomScreen />;
  if (phase.at === 'outside') return <OutsidePage reason={phase.reason} note={phase.note} onAgain={onAgain} />;
  return <DoorPage refusal={phase.at === 'door' ? phase.refusal : undefined} isEntering={phase.at === 'entering'} />;
}

/** Darkens the whole page, menus and dialogs included, for as long as the call lasts. */
function useStageScene(isInside: boolean): void {
  useEffect(() => {
    if (!isInside) return;
    document.documentElement.dataset.scene = 'stage';
    return () => {
      delete document.documentElement.dataset.scene;
    };
  }, [isInside]);
}
