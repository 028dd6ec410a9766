import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useCall } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import styles from './side-panel.module.css';

interface SidePanelProps {
  readonly heading: string;
  readonly children: ReactNode;
}

/** What opens beside the stage; on a phone it covers it. Escape closes it. */
export function SidePanel({ heading, children }: SidePanelProps) {
  const call = useCall();
  const { room } = useMessages();
  const id = useId();
  const close = () => call.store.setState({ panel: null });
  return (
    <aside
      className={styles.panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) close();
      }}
    >
      <header className={styles.head}>
        <h2 id={id}>{heading}</h2>
        <button type="button" className={styles.close} aria-label={room.closePanel} onClick={close}>
          <X aria-hidden />
        </button>
      </header>
      {children}
    </aside>
  );
}
