import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { DeskSource } from '../../devices/device-desk.js';
import { useMessages } from '../../state/language-store.js';
import { Dialog } from '../../ui/dialog.js';
import { Menu, MenuItem } from '../../ui/menu.js';
import { MenuSheet } from '../../ui/menu-sheet.js';
import { BarButton } from './bar-button.js';
import { DeviceMenuItems } from './device-split-button.js';
import styles from './more-menu.module.css';
import { ReactionRow } from './reactions-menu.js';
import type { BarSize } from './use-bar-size.js';
import { useMoreItems } from './use-more-items.js';

/** What the bar has no room for: a menu, or on a phone a sheet from the lower edge. */
export function MoreMenu({ size }: { readonly size: BarSize }) {
  const { room, devices } = useMessages();
  const [opened, setOpened] = useState<'more' | DeskSource | null>(null);
  const items = useMoreItems(size, setOpened);
  const close = () => setOpened(null);
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
        aria-expanded={opened !== null}
        onClick={() => setOpened('more')}
      />
      <Dialog title={room.more} isOpen={opened === 'more'} onClose={close}>
        <ReactionRow />
        <div className={styles.sheet}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              className={styles.item}
              onClick={() => {
                close();
                item.run();
              }}
            >
              {item.icon}
              {item.label}
            </button>
          ))}
        </div>
      </Dialog>
      {(opened === 'microphone' || opened === 'camera') && (
        <MenuSheet title={opened === 'microphone' ? devices.microphoneOptions : devices.cameraOptions} onClose={close}>
          <DeviceMenuItems source={opened} />
        </MenuSheet>
      )}
    </>
  );
}
