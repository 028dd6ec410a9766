import { Mic, MonitorUp, RefreshCw, ServerCog, Volume2 } from 'lucide-react';
import { useDesk, useDeskState } from '../devices/desk-context.js';
import { useCall, useCallState } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import styles from './banners.module.css';
import { EncryptionLock } from './encryption-lock.js';
import { InterruptedBanner } from './interrupted-banner.js';
import { MicrophoneBanners } from './microphone-banners.js';

/** What one should know right now, above the stage, without standing in the way. */
export function Banners() {
  const call = useCall();
  const desk = useDesk();
  const { room } = useMessages();
  const isAway = useCallState((state) => state.view.state === 'reconnecting');
  const isDraining = useCallState((state) => state.view.draining);
  const isBlocked = useCallState((state) => state.soundBlocked);
  const isTalking = useCallState((state) => state.talking);
  const isSharing = useDeskState((state) => state.media.screen === 'on');
  const hasSound = desk.media.tracks.has('screen-audio');
  return (
    <div className={styles.banners}>
      <EncryptionLock />
      {isAway && (
        <div className={`${styles.banner} ${styles.warning}`} role="status">
          <RefreshCw className={styles.turns} aria-hidden />
          <span>{room.reconnecting}</span>
        </div>
      )}
      {!isAway && <InterruptedBanner />}
      {isDraining && !isAway && (
        <div className={styles.banner} role="status">
          <ServerCog aria-hidden />
          <span>{room.draining}</span>
        </div>
      )}
      {isSharing && (
        <div className={`${styles.banner} ${styles.sharing}`}>
          <MonitorUp aria-hidden />
          <span role="status">{hasSound ? room.sharingWithSound : room.sharing}</span>
          <button type="button" aria-hidden tabIndex={-1} onClick={() => desk.media.stop('screen')}>
            {room.stopSharing}
          </button>
        </div>
      )}
      {isBlocked && (
        <button type="button" className={styles.hear} onClick={() => call.store.setState({ soundBlocked: false })}>
          <Volume2 aria-hidden />
          <span>
            <strong>{room.hear}</strong> {room.hearText}
          </span>
        </button>
      )}
      <MicrophoneBanners />
      {isTalking && (
        <div className={styles.banner} role="status">
          <Mic aria-hidden />
          <span>{room.talking}</span>
        </div>
      )}
    </div>
  );
}
