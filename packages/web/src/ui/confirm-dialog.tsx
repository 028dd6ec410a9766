import { AlertDialog } from 'radix-ui';
import { useMessages } from '../state/language-store.js';
import { Button } from './button.js';
import styles from './dialog.module.css';
import { useBackCloses } from './use-back-closes.js';
import { useIsPhone } from './use-is-phone.js';
import { useReturnFocus } from './use-return-focus.js';

interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Asks before something that can't be taken back. The safe answer has the focus. */
export function ConfirmDialog({ isOpen, ...rest }: ConfirmDialogProps) {
  return isOpen ? <Question {...rest} /> : null;
}

function Question({ title, text, confirm, onClose, onConfirm }: Omit<ConfirmDialogProps, 'isOpen'>) {
  const { app } = useMessages();
  const focus = useReturnFocus();
  useBackCloses(useIsPhone(), onClose);
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles.overlay} />
        <AlertDialog.Content className={styles.content} onOpenAutoFocus={focus.note} onCloseAutoFocus={focus.giveBack}>
          <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={styles.text}>{text}</AlertDialog.Description>
          <div className={styles.actions}>
            <AlertDialog.Cancel asChild>
              <Button>{app.cancel}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="danger" onClick={onConfirm}>
                {confirm}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
