import { memo } from 'react';
import { useLanguage } from '../../state/language-store.js';
import type { RoomView } from '../../state/room-view.js';
import styles from './chat-line.module.css';
import { splitLinks } from './split-links.js';

interface ChatLineProps {
  readonly message: RoomView['chat'][number];
  readonly isOwn: boolean;
  readonly startsGroup: boolean;
}

export const ChatLine = memo(function ChatLine({ message, isOwn, startsGroup }: ChatLineProps) {
  const language = useLanguage();
  const written = new Date(message.wallMs);
  return (
    <div className={`${styles.line} ${isOwn ? styles.own : ''} ${startsGroup ? styles.first : ''}`}>
      {startsGroup && (
        <p className={styles.head}>
          <span className={styles.name}>{message.name}</span>
          <time dateTime={written.toISOString()}>
            {written.toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' })}
          </time>
        </p>
      )}
      <p className={styles.text} dir="auto">
        {splitLinks(message.text).map((part, ix) =>
          part.kind === 'link' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
            <a key={ix} href={part.href} target="_blank" rel="noopener noreferrer">
              {part.text}
            </a>
          ) : (
            part.text
          ),
        )}
      </p>
    </div>
  );
});
