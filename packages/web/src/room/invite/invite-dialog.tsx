import { Check, Copy, Share2, TriangleAlert } from 'lucide-react';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import styles from './invite-dialog.module.css';
import { QrCode } from './qr-code.js';
import { useCopyLink } from './use-copy-link.js';

/** The link to the room: to copy, to send through the system's own sheet, or to scan. */
export function InviteDialog() {
  const call = useCall();
  const isOpen = useCallState((state) => state.dialog === 'invite');
  const { invite, encryption } = useMessages();
  const { link, isLocalOnly, isCopied, copy } = useCopyLink();
  // Closing the system's sheet without a choice is no failure.
  const share = () => void navigator.share({ url: link, title: call.roomName }).catch(() => {});
  return (
    <Dialog
      title={invite.heading}
      text={call.secret === undefined ? invite.text : encryption.invite}
      isOpen={isOpen}
      onClose={() => call.store.setState({ dialog: null })}
    >
      <input
        className={styles.link}
        readOnly
        aria-label={invite.link}
        value={decodeURI(link)}
        onFocus={(event) => event.target.select()}
      />
      <div className={styles.actions}>
        <Button look="primary" onClick={copy} aria-live="polite">
          {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {isCopied ? invite.copied : invite.copy}
        </Button>
        {'share' in navigator && (
          <Button onClick={share}>
            <Share2 aria-hidden />
            {invite.send}
          </Button>
        )}
      </div>
      {isLocalOnly ? (
        <p className={styles.local}>
          <TriangleAlert aria-hidden />
          <span>{invite.localOnly}</span>
        </p>
      ) : (
        <div className={styles.scan}>
          <QrCode text={link} label={invite.qr} />
          <p>{invite.qrText}</p>
        </div>
      )}
    </Dialog>
  );
}
