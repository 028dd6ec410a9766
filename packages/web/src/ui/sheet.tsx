import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { useMessages } from '../state/language-store.js';
import styles from './sheet.module.css';
import { useBackCloses } from './use-back-closes.js';
import { useKeyboardInset } from './use-keyboard-inset.js';
import { useReturnFocus } from './use-return-focus.js';
import { useSheetDrag } from './use-sheet-drag.js';

interface SheetProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly onClose: () => void;
  /** Takes its full height from the start, for what grows while it is open. */
  readonly isTall?: boolean;
  /** The content brings its own padding and scrolls by itself. */
  readonly isBare?: boolean;
  readonly children: ReactNode;
}

/**
 * On a phone: what opens rises from the lower edge and takes at most four fifths of the height. It holds the focus and
 * closes by Escape, by the phone's way back, by a touch beside it, and when pulled down by its head. Mounted is open.
 */
export function Sheet({ title, text, onClose, isTall = false, isBare = false, children }: SheetProps) {
  const { app } = useMessages();
  const sheet = useRef<HTMLDivElement>(null);
  const drag = useSheetDrag(() => sheet.current, onClose);
  const focus = useReturnFocus();
  useBackCloses(true, onClose);
  useKeyboardInset();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          ref={sheet}
          className={`${styles.sheet} ${isTall ? styles.tall : ''}`}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            // A focused text box would bring up the keyboard before anybody asked for it.
            event.preventDefault();
            focus.note();
            sheet.current?.focus({ preventScroll: true });
          }}
          onCloseAutoFocus={focus.giveBack}
          {...(text === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className={styles.head} {...drag}>
            <span className={styles.handle} aria-hidden />
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close className={styles.close} aria-label={app.close}>
              <X aria-hidden />
            </Radix.Close>
          </div>
          {isBare ? (
            children
          ) : (
            <div className={styles.body}>
              {text !== undefined && <Radix.Description className={styles.text}>{text}</Radix.Description>}
              {children}
            </div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
