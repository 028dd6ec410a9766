import { Check, Copy, UserPlus } from 'lucide-react';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import { useCopyLink } from '../invite/use-copy-link.js';
import styles from './alone-card.module.css';

/** What to do while nobody else is here. */
export function AloneCard({ isBelow }: { readonly isBelow: boolean }) {
  const call = useCall();
  const { room, invite } = useMessages();
  const { isCopied, copy } = useCopyLink();
  return (
    <div className={`${styles.card} ${isBelow ? styles.below : ''}`}>
      <h2>{room.alone}</h2>
      <p>{room.aloneText}</p>
      <div className={styles.actions}>
        <Button look="primary" onClick={copy}>
          {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {isCopied ? invite.copied : room.copyLink}
        </Button>
        <Button onClick={() => call.store.setState({ dialog: 'invite' })}>
          <UserPlus aria-hidden />
          {room.invite}
        </Button>
      </div>
    </div>
  );
}
