import { Activity, Hand, LogOut, MessageSquareText, ScreenShare, ScreenShareOff, UserPlus, Users } from 'lucide-react';
import { useDeskState } from '../../devices/desk-context.js';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { useRoomActions } from '../use-room-actions.js';
import { BarButton } from './bar-button.js';
import styles from './control-bar.module.css';
import { DeviceSplitButton } from './device-split-button.js';
import { MoreMenu } from './more-menu.js';
import { ReactionsMenu } from './reactions-menu.js';
import { useBarSize } from './use-bar-size.js';

/** Everything one does during a call, in the order people know. What has no room moves into “More”. */
export function ControlBar() {
  const call = useCall();
  const { room, chat } = useMessages();
  const actions = useRoomActions();
  const size = useBarSize();
  const isWide = size === 'wide';
  const isMiddle = size !== 'narrow';
  const panel = useCallState((state) => state.panel);
  const unread = useCallState((state) => state.unread);
  const count = useCallState((state) => state.view.members.length);
  const hasHand = useCallState(({ view }) => view.members.some((m) => m.isSelf && m.handRaisedWallMs !== null));
  const isSharing = useDeskState((state) => state.media.screen === 'on');
  return (
    <section className={styles.bar} aria-label={room.toolbar}>
      {isWide && (
        <div className={styles.place}>
          <span className={styles.room}>{call.roomName}</span>
          <BarButton
            label={room.invite}
            icon={<UserPlus aria-hidden />}
            onClick={() => call.store.setState({ dialog: 'invite' })}
          />
        </div>
      )}
      <div className={styles.controls}>
        <DeviceSplitButton source="microphone" shortcut="M" isCompact={!isMiddle} />
        <DeviceSplitButton source="camera" shortcut="V" isCompact={!isMiddle} />
        {isMiddle && (
          <BarButton
            label={isSharing ? room.stopSharing : room.shareScreen}
            shortcut="D"
            isOn={isSharing}
            icon={isSharing ? <ScreenShareOff aria-hidden /> : <ScreenShare aria-hidden />}
            onClick={actions.share}
          />
        )}
        <BarButton
          label={room.chat}
          shortcut="C"
          isOn={panel === 'chat'}
          aria-expanded={panel === 'chat'}
          badge={unread}
          badgeText={chat.unread(unread)}
          icon={<MessageSquareText aria-hidden />}
          onClick={actions.chat}
        />
        {isMiddle && (
          <>
            <BarButton
              label={hasHand ? room.lowerHand : room.raiseHand}
              shortcut="R"
              isOn={hasHand}
              icon={<Hand aria-hidden />}
              onClick={actions.hand}
            />
            <ReactionsMenu />
            <BarButton
              label={room.people}
              shortcut="P"
              isOn={panel === 'people'}
              aria-expanded={panel === 'people'}
              icon={<Users aria-hidden />}
              onClick={actions.people}
            />
          </>
        )}
        {isWide && (
          <BarButton
            label={room.inspector}
            isOn={panel === 'inspector'}
            aria-expanded={panel === 'inspector'}
            shortcut="I"
            icon={<Activity aria-hidden />}
            onClick={actions.inspector}
          />
        )}
        <MoreMenu size={size} />
        <button type="button" className={styles.leave} aria-label={room.leave} onClick={actions.leave}>
          <LogOut aria-hidden />
          {isMiddle && <span>{room.leave}</span>}
        </button>
      </div>
      {isWide && (
        <div className={`${styles.place} ${styles.end}`}>
          <Users size={18} aria-hidden />
          <span>{count}</span>
        </div>
      )}
    </section>
  );
}
