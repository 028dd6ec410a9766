import { lazy, Suspense, useEffect, useRef } from 'react';
import { useDesk } from '../devices/desk-context.js';
import { DeviceProblemDialog } from '../devices/device-problem-dialog.js';
import { followPermissions } from '../devices/permission-watch.js';
import { useCall, useCallState } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { Banners } from './banners.js';
import { ControlBar } from './bar/control-bar.js';
import { ChatPanel } from './chat/chat-panel.js';
import { FileDrop } from './files/file-drop.js';
import { TransferList } from './files/transfer-list.js';
import { FloatingReactions } from './floating-reactions.js';
import { InviteDialog } from './invite/invite-dialog.js';
import { LeaveDialog } from './leave/leave-dialog.js';
import { PeoplePanel } from './people/people-panel.js';
import { SmallRoom } from './pip/small-room.js';
import { useQualityWatch } from './quality/use-quality-watch.js';
import { RemoteSounds } from './remote-sounds.js';
import styles from './room-screen.module.css';
import { RoomSettings } from './room-settings.js';
import { ShortcutsDialog } from './shortcuts/shortcuts-dialog.js';
import { useShortcuts } from './shortcuts/use-shortcuts.js';
import { LayoutDialog } from './stage/layout-dialog.js';
import { Stage } from './stage/stage.js';
import { useKeptExplanations } from './use-kept-explanations.js';
import { useMediaSession } from './use-media-session.js';
import { useWakeLock } from './use-wake-lock.js';

const InspectorPanel = lazy(() =>
  import('../inspector/inspector-panel.js').then((m) => ({ default: m.InspectorPanel })),
);
const FindingBanner = lazy(() =>
  import('../inspector/notice/finding-banner.js').then((m) => ({ default: m.FindingBanner })),
);

/** The call: faces in the middle, controls below, at most one panel beside. */
export function RoomScreen() {
  const { roomName } = useCall();
  const { view } = useMessages();
  const panel = useCallState((state) => state.panel);
  const main = useRef<HTMLElement>(null);
  // Coming in by keyboard, one goes on from the beginning of the room.
  useEffect(() => main.current?.focus({ preventScroll: true }), []);
  useShortcuts();
  useWakeLock();
  useQualityWatch();
  useMediaSession();
  useKeptExplanations();
  const desk = useDesk();
  useEffect(() => followPermissions(desk), [desk]);
  return (
    <div className={`${styles.screen} ${panel ? styles.withPanel : ''}`} data-panel={panel}>
      <main className={styles.main} ref={main} tabIndex={-1}>
        <h1 className="visually-hidden">{view.roomHeading(roomName)}</h1>
        <Banners />
        <Suspense fallback={null}>
          <FindingBanner />
        </Suspense>
        <Stage />
        <FloatingReactions />
        {panel !== 'chat' && <TransferList isFloating />}
      </main>
      {panel === 'chat' && <ChatPanel />}
      {panel === 'people' && <PeoplePanel />}
      {panel === 'inspector' && (
        <Suspense fallback={null}>
          <InspectorPanel />
        </Suspense>
      )}
      <ControlBar />
      <RemoteSounds />
      <FileDrop />
      <InviteDialog />
      <ShortcutsDialog />
      <LayoutDialog />
      <RoomSettings />
      <LeaveDialog />
      <SmallRoom />
      <DeviceProblemDialog />
    </div>
  );
}
