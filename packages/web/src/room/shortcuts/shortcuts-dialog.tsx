import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { Dialog } from '../../ui/dialog.js';
import styles from './shortcuts-dialog.module.css';

export function ShortcutsDialog() {
  const call = useCall();
  const isOpen = useCallState((state) => state.dialog === 'shortcuts');
  const { shortcuts } = useMessages();
  const rows = [
    ['M', shortcuts.microphone],
    ['V', shortcuts.camera],
    ['D', shortcuts.share],
    ['C', shortcuts.chat],
    ['R', shortcuts.hand],
    ['P', shortcuts.people],
    [shortcuts.space, shortcuts.talk],
    ['?', shortcuts.help],
  ] as const;
  return (
    <Dialog
      title={shortcuts.heading}
      text={shortcuts.note}
      isOpen={isOpen}
      onClose={() => call.store.setState({ dialog: null })}
    >
      <dl className={styles.list}>
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
