import { createContext, type ReactNode, use } from 'react';
import styles from './menu.module.css';
import { Sheet } from './sheet.js';

const InSheet = createContext<(() => void) | null>(null);

/** How to close the sheet around, for the parts of a menu; null where they stand in a menu proper. */
export function useMenuSheet(): (() => void) | null {
  return use(InSheet);
}

interface MenuSheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A menu as a phone shows it: its parts in a sheet, as plain buttons. */
export function MenuSheet({ title, onClose, children }: MenuSheetProps) {
  return (
    <Sheet title={title} onClose={onClose}>
      <InSheet value={onClose}>
        <div className={styles.sheet}>{children}</div>
      </InSheet>
    </Sheet>
  );
}
