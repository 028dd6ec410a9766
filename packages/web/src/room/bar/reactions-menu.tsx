import { SmilePlus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { attempt } from '../attempt.js';
import { BarButton } from './bar-button.js';
import styles from './reactions-menu.module.css';

/** The reactions in a row; it stays open, since one clap is seldom alone. */
export function ReactionsMenu() {
  const { room } = useMessages();
  return (
    <Popover.Root>
      <Popover.Anchor asChild>
        <span className={styles.anchor}>
          <Popover.Trigger asChild>
            <BarButton label={room.reactions} icon={<SmilePlus aria-hidden />} />
          </Popover.Trigger>
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          side="top"
          sideOffset={10}
          collisionPadding={10}
          aria-label={room.reactions}
        >
          <ReactionRow />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function ReactionRow() {
  const call = useCall();
  const { reactionNames } = useMessages();
  return (
    <div className={styles.row}>
      {Object.entries(reactionNames).map(([reaction, name]) => (
        <button
          key={reaction}
          type="button"
          className={styles.reaction}
          aria-label={name}
          onClick={() => void attempt(call.room.react(reaction))}
        >
          {reaction}
        </button>
      ))}
    </div>
  );
}
