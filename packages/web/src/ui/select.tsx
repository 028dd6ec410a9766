import { getNonce } from 'get-nonce';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './select.module.css';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SelectProps {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly choices: readonly Choice[];
  readonly value: string | undefined;
  /** Shown while nothing is chosen, or when there is nothing to choose. */
  readonly placeholder: string;
  readonly onChoose: (value: string) => void;
}

export function Select({ label, icon, choices, value, placeholder, onChoose }: SelectProps) {
  const known = choices.some((choice) => choice.value === value) ? value : choices[0]?.value;
  return (
    <Radix.Root value={known ?? ''} onValueChange={onChoose} disabled={choices.length === 0}>
      <Radix.Trigger className={styles.trigger} aria-label={label}>
        {icon}
        <span className={styles.value}>
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon className={styles.chevron}>
          <ChevronDown size={18} aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.content} position="popper" sideOffset={6} collisionPadding={12}>
          <Radix.Viewport className={styles.viewport} nonce={getNonce()}>
            {choices.map((choice) => (
              <Radix.Item key={choice.value} value={choice.value} className={styles.item}>
                <Radix.ItemText>{choice.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check size={18} aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
