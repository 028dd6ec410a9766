import { DropdownMenu } from 'radix-ui';
import { cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, useState } from 'react';
import styles from './menu.module.css';
import { MenuSheet } from './menu-sheet.js';
import { useIsPhone } from './use-is-phone.js';

type Trigger = ReactElement<{
  readonly 'aria-label'?: string;
  readonly 'aria-haspopup'?: 'menu' | 'dialog';
  readonly 'aria-expanded'?: boolean;
  readonly onClick?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}>;

interface MenuProps {
  /** The button that opens it; its `aria-label` is the name of the menu. */
  readonly trigger: Trigger;
  readonly side?: 'top' | 'bottom';
  readonly align?: 'start' | 'center' | 'end';
  readonly children: ReactNode;
}

/**
 * A menu below or above its button; on a phone a sheet from the lower edge. Until it is first opened there is nothing but
 * the button: a room full of menus costs no time to draw.
 */
export function Menu({ trigger, side = 'bottom', align = 'end', children }: MenuProps) {
  const isPhone = useIsPhone();
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const open = () => {
    setWasOpened(true);
    setIsOpen(true);
  };
  if (isPhone) {
    return (
      <>
        {cloneElement(trigger, { 'aria-haspopup': 'dialog', 'aria-expanded': isOpen, onClick: open })}
        {isOpen && (
          <MenuSheet title={trigger.props['aria-label'] ?? ''} onClose={() => setIsOpen(false)}>
            {children}
          </MenuSheet>
        )}
      </>
    );
  }
  if (!wasOpened) {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      open();
    };
    return cloneElement(trigger, { 'aria-haspopup': 'menu', 'aria-expanded': false, onClick: open, onKeyDown });
  }
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setIsOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} side={side} align={align} sideOffset={8} collisionPadding={10}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export { MenuChoice, MenuHeading, MenuItem, MenuSeparator } from './menu-parts.js';
