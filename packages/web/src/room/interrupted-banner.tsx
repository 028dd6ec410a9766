import { RefreshCw } from 'lucide-react';
import { useCallState } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import styles from './banners.module.css';
import { useLasting } from './use-lasting.js';

/** From when on a gap is explained. It is known half a second after the last packet. */
const LASTING_MS = 700;

/** Whose sound and picture stay away, and that the way to them is looked for anew. */
export function InterruptedBanner() {
  const { recovery } = useMessages();
  const members = useCallState((state) => state.view.members);
  const away = members.filter((member) => member.interrupted);
  if (!useLasting(away.length > 0, LASTING_MS)) return null;
  return (
    <div className={`${styles.banner} ${styles.warning}`} role="status">
      <RefreshCw className={styles.turns} aria-hidden />
      <span>{away.length === 1 ? recovery.memberAway(away[0]?.name ?? '') : recovery.membersAway(away.length)}</span>
    </div>
  );
}
