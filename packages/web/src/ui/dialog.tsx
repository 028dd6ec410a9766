import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useMessages } from '../state/language-store.js';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A window over the page; on a phone it rises from the lower edge. */
export function Dialog({ title, text, isOpen, onClose, children }: DialogProps) {
  const { app } = useMessages();
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content className={styles.content} {...(text === undefined ? { 'aria-describedby': undefined } : {})}>
          <div className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close className={styles.close} aria-label={app.close}>
              <X aria-hidden />
            </Radix.Close>
          </div>
          {text !== undefined && <Radix.Description className={styles.text}>{text}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
