import { useMessages } from '../../state/language-store.js';
import { useTransfers } from '../../state/transfers.js';
import { TransferCard } from './transfer-card.js';
import styles from './transfer-list.module.css';

/** The files of this call, the newest first: in the chat, or above the controls while the chat is closed. */
export function TransferList({ isFloating = false }: { readonly isFloating?: boolean }) {
  const { files } = useMessages();
  const all = useTransfers();
  // Above the controls a file stands in the way of faces: there only while it waits for somebody or is on its way.
  const transfers = isFloating ? all.filter(({ transfer }) => !transfer.isOver) : all;
  if (transfers.length === 0) return null;
  return (
    <section className={isFloating ? styles.floating : styles.inPanel} aria-label={files.heading}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul className={styles.list} tabIndex={0}>
        {[...transfers].reverse().map((view) => (
          <TransferCard key={view.id} view={view} />
        ))}
      </ul>
    </section>
  );
}
