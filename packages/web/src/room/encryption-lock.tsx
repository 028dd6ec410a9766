import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { useCallState } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { Dialog } from '../ui/dialog.js';
import styles from './encryption-lock.module.css';

/** In an encrypted room: the lock with the code to compare, and what is behind it. */
export function EncryptionLock() {
  const code = useCallState((state) => state.view.encryptionCode);
  const { encryption } = useMessages();
  const [isOpen, setIsOpen] = useState(false);
  if (code === null) return null;
  return (
    <>
      <button type="button" className={styles.lock} aria-label={encryption.lock(code)} onClick={() => setIsOpen(true)}>
        <LockKeyhole aria-hidden />
        <span>{code}</span>
      </button>
      <Dialog title={encryption.heading} text={encryption.text} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <dl className={styles.code}>
          <dt>{encryption.code}</dt>
          <dd>{code}</dd>
        </dl>
        <p>{encryption.compare}</p>
        <p className={styles.outside}>{encryption.chat}</p>
      </Dialog>
    </>
  );
}
