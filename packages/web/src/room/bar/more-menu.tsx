import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../state/language-store.js';
import { Dialog } from '../../ui/dialog.js';
import { Menu, MenuItem } from '../../ui/menu.js';
import { BarButton } from './bar-button.js';
import styles from './more-menu.module.css';
import { ReactionRow } from './reactions-menu.js';
import { type BarSize, useMoreItems } from './use-more-items.js';

/** What the bar has no room for: a menu, or on a phone a sheet from the lower edge. */
export function MoreMenu({ size }: { readonly size: BarSize }) {
  const { room } = useMessages();
  const items = useMoreItems(size);
  const [isOpen, setIsOpen] = useState(false);
  if (size !== 'narrow') {
    return (
      <Menu
        side="top"
        align="center"
        trigger={
          <button type="button" className={styles.trigger} aria-label={room.more}>
            <Ellipsis aria-hidden />
          </button>
        }
      >
        {items.map((item) => (
          <MenuItem key={item.label} icon={item.icon} onSelect={item.run}>
            {item.label}
          </MenuItem>
        ))}
      </Menu>
    );
  }
  return (
    <>
      <BarButton
        label={room.more}
        icon={<Ellipsis aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      />
      <Dialog title={room.more} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <ReactionRow />
        <div className={styles.sheet}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              className={styles.item}
              onClick={() => {
                setIsOpen(false);
                item.run();
              }}
            >
              {item.icon}
              {item.label}
            </button>
          ))}
        </div>
      </Dialog>
    </>
  );
}
