import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useCall } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { Sheet } from '../ui/sheet.js';
import { useIsPhone } from '../ui/use-is-phone.js';
import { returnFocusToPage } from '../ui/use-return-focus.js';
import styles from './side-panel.module.css';

interface SidePanelProps {
  readonly heading: string;
  readonly children: ReactNode;
}

/** What opens beside the stage; on a phone, a sheet over it. Escape closes it. */
export function SidePanel({ heading, children }: SidePanelProps) {
  const call = useCall();
  const isPhone = useIsPhone();
  const close = () => call.store.setState({ panel: null });
  if (isPhone) {
    return (
      <Sheet title={heading} onClose={close} isTall isBare>
        {children}
      </Sheet>
    );
  }
  return (
    <Aside heading={heading} onClose={close}>
      {children}
    </Aside>
  );
}

function Aside({ heading, onClose, children }: SidePanelProps & { readonly onClose: () => void }) {
  const { room } = useMessages();
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  usePanelFocus(panel);
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={id}>{heading}</h2>
        <button type="button" className={styles.close} aria-label={room.closePanel} onClick={onClose}>
          <X aria-hidden />
        </button>
      </header>
      {children}
    </aside>
  );
}

/** Whoever opens a panel wants to be in it; whoever closes it from inside goes on where the way in began. */
function usePanelFocus(panel: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const element = panel.current;
    // What is inside may have taken the focus already: the chat, for writing.
    if (!element?.contains(document.activeElement)) element?.focus({ preventScroll: true });
    return () => {
      // By now the panel is off the page, and with it the focus.
      if (document.activeElement === document.body || document.activeElement === null) returnFocusToPage();
    };
  }, [panel]);
}
