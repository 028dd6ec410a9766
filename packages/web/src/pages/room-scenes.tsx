import { Activity, lazy, Suspense, useDeferredValue, useEffect } from 'react';
import { useCall, useCallState } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { DoorPage } from './door/door-page.js';
import { OutsidePage } from './outside-page.js';
import { usePageTitle } from './use-page-title.js';

const RoomScreen = lazy(() => import('../room/room-screen.js').then((m) => ({ default: m.RoomScreen })));

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

  if (phase.at === 'outside') {
    return <OutsidePage reason={phase.reason} note={phase.note} code={phase.code} onAgain={onAgain} />;
  }
  const isInside = phase.at === 'inside';
  return (
    <>
      {!isInside && (
        <DoorPage refusal={phase.at === 'door' ? phase.refusal : undefined} isEntering={phase.at === 'entering'} />
      )}
      {/* Loaded and drawn unseen while somebody stands at the door, in idle moments: going in only uncovers it. */}
      <Activity mode={isInside ? 'visible' : 'hidden'}>
        <Suspense fallback={null}>
          <RoomScreen />
        </Suspense>
      </Activity>
    </>
  );
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
