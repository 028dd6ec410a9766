import { LockKeyhole, RefreshCw, TriangleAlert, WifiOff } from 'lucide-react';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import type { MemberView } from '../../state/room-view.js';
import styles from './tile-state.module.css';

/** What keeps sound and picture of a member away, if anything does. */
export function TileState({ member }: { readonly member: MemberView }) {
  const call = useCall();
  const { tile, recovery, encryption } = useMessages();
  if (member.isSelf) return null;
  if (!member.connected) {
    return (
      <p className={`${styles.state} ${styles.brief}`} data-sign>
        <WifiOff aria-hidden /> <span>{tile.reconnecting}</span>
      </p>
    );
  }
  if (member.peerState === 'failed') {
    const peer = () => call.room.members.find(({ id }) => id === member.id)?.peer;
    return (
      <div className={styles.state}>
        <TriangleAlert aria-hidden /> {tile.noPath}
        <button type="button" onClick={() => peer()?.restartIce()}>
          {tile.tryAgain}
        </button>
      </div>
    );
  }
  if (member.encryption === 'locked') {
    return (
      <p className={styles.state} title={encryption.lockedText}>
        <LockKeyhole aria-hidden /> <span>{encryption.locked}</span>
      </p>
    );
  }
  if (member.interrupted) {
    return (
      <p className={`${styles.state} ${styles.brief} ${styles.late}`} data-sign>
        <RefreshCw aria-hidden /> <span>{recovery.tile}</span>
      </p>
    );
  }
  if (member.peerState === 'new' || member.peerState === 'connecting' || member.peerState === 'disconnected') {
    return (
      <p className={`${styles.state} ${styles.brief} ${styles.late}`} data-sign>
        <RefreshCw aria-hidden /> <span>{tile.connecting}</span>
      </p>
    );
  }
  return null;
}
