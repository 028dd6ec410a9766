import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './menu.module.css';
import { useMenuSheet } from './menu-sheet.js';

interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon, isDanger = false, onSelect, children }: MenuItemProps) {
  const close = useMenuSheet();
  const className = `${styles.item} ${isDanger ? styles.danger : ''}`;
  if (close) {
    const select = () => {
      close();
      onSelect();
    };
    return (
      <button type="button" className={className} onClick={select}>
        {icon}
        <span>{children}</span>
      </button>
    );
  }
  return (
    <DropdownMenu.Item className={className} onSelect={onSelect}>
      {icon}
      <span>{children}</span>
    </DropdownMenu.Item>
  );
}

export function MenuHeading({ children }: { readonly children: ReactNode }) {
  if (useMenuSheet()) return <h3 className={styles.heading}>{children}</h3>;
  return <DropdownMenu.Label className={styles.heading}>{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  if (useMenuSheet()) return <hr className={styles.separator} />;
  return <DropdownMenu.Separator className={styles.separator} />;
}

interface MenuChoiceProps {
  readonly value: string | undefined;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}

/** One of several, the present one marked. */
export function MenuChoice({ value, choices, onChoose }: MenuChoiceProps) {
  const close = useMenuSheet();
  if (close) {
    return choices.map((choice) => (
      <button
        key={choice.value}
        type="button"
        className={styles.item}
        aria-pressed={choice.value === value}
        onClick={() => {
          close();
          onChoose(choice.value);
        }}
      >
        <span className={styles.mark}>{choice.value === value && <Check aria-hidden />}</span>
        <span className={styles.choice}>{choice.label}</span>
      </button>
    ));
  }
  return (
    <DropdownMenu.RadioGroup value={value ?? ''} onValueChange={onChoose}>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={styles.item}>
          <span className={styles.mark}>
            <DropdownMenu.ItemIndicator>
              <Check aria-hidden />
            </DropdownMenu.ItemIndicator>
          </span>
          <span className={styles.choice}>{choice.label}</span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
