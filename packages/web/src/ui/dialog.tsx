import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useMessages } from '../state/language-store.js';
import styles from './dialog.module.css';
import { Sheet } from './sheet.js';
import { useIsPhone } from './use-is-phone.js';
import { useReturnFocus } from './use-return-focus.js';

interface DialogProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A window over the page; on a phone it rises from the lower edge. */
export function Dialog({ isOpen, ...rest }: DialogProps) {
  const isPhone = useIsPhone();
  if (!isOpen) return null;
  return isPhone ? <Sheet {...rest} /> : <Window {...rest} />;
}

function Window({ title, text, onClose, children }: Omit<DialogProps, 'isOpen'>) {
  const { app } = useMessages();
  const focus = useReturnFocus();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={styles.content}
          onOpenAutoFocus={focus.note}
          onCloseAutoFocus={focus.giveBack}
          {...(text === undefined ? { 'aria-describedby': undefined } : {})}
        >
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
