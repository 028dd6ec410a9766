import { Fragment } from 'react';
import { useStore } from 'zustand';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { setSingleKeys, singleKeys } from '../../state/single-keys.js';
import { Dialog } from '../../ui/dialog.js';
import { isMac } from './is-mac.js';
import styles from './shortcuts-dialog.module.css';

/** Every key there is, and the switch for those that work alone. */
export function ShortcutsDialog() {
  const call = useCall();
  const isOpen = useCallState((state) => state.dialog === 'shortcuts');
  const { shortcuts } = useMessages();
  return (
    <Dialog
      title={shortcuts.heading}
      text={shortcuts.note}
      isOpen={isOpen}
      onClose={() => call.store.setState({ dialog: null })}
    >
      <KeyList />
      <SingleKeysSwitch />
    </Dialog>
  );
}

function KeyList() {
  const { shortcuts, keys } = useMessages();
  const command = isMac() ? '⌘' : 'Ctrl';
  const rows: readonly (readonly [keys: readonly string[], what: string])[] = [
    [['M', `${command} D`], shortcuts.microphone],
    [['V', `${command} E`], shortcuts.camera],
    [[shortcuts.space], shortcuts.talk],
    [['D'], shortcuts.share],
    [['C'], shortcuts.chat],
    [['P'], shortcuts.people],
    [['R'], shortcuts.hand],
    [['Alt 1–6'], keys.react],
    [['1–9'], keys.pin],
    [['0'], keys.self],
    [['W'], keys.layout],
    [['PgUp', 'PgDn'], keys.pages],
    [['F'], keys.fullscreen],
    [['I'], keys.inspector],
    [['?'], shortcuts.help],
  ];
  return (
    <dl className={styles.list}>
      {rows.map(([names, what]) => (
        <div key={what}>
          <dt>
            {names.map((name, ix) => (
              <Fragment key={name}>
                {ix > 0 && <span className={styles.or}>{keys.or}</span>}
                {/* As it stands on the keyboard. */}
                <kbd translate="no">{name}</kbd>
              </Fragment>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

function SingleKeysSwitch() {
  const { keys } = useMessages();
  const isOn = useStore(singleKeys, ({ on }) => on);
  return (
    <label className={styles.switch}>
      <input type="checkbox" checked={isOn} onChange={(event) => setSingleKeys(event.target.checked)} />
      <span>
        {keys.single}
        <small>{keys.singleNote}</small>
      </span>
    </label>
  );
}
