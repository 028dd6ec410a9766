import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import type { RoomView } from '../../state/room-view.js';
import { ChatLine } from './chat-line.js';
import styles from './chat-log.module.css';
import { startsGroup } from './group-messages.js';

const NEAR_END_PX = 60;

/** The messages, kept at the newest unless somebody is reading further up. */
export function ChatLog({ messages }: { readonly messages: RoomView['chat'] }) {
  const { chat } = useMessages();
  const selfId = useCallState(({ view }) => view.members.find((member) => member.isSelf)?.id);
  const log = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [seen, setSeen] = useState(messages.length);
  const missed = messages.length - seen;

  const toEnd = () => log.current?.scrollTo({ top: log.current.scrollHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message has to be scrolled to
  useLayoutEffect(() => {
    if (isAtEnd || messages.at(-1)?.from === selfId) toEnd();
  }, [messages.length]);
  useEffect(() => {
    if (isAtEnd) setSeen(messages.length);
  }, [isAtEnd, messages.length]);

  return (
    <div className={styles.frame}>
      <div
        ref={log}
        className={styles.log}
        role="log"
        aria-label={chat.heading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setIsAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END_PX)
        }
      >
        {messages.map((message, ix) => (
          <ChatLine
            key={message.id}
            message={message}
            isOwn={message.from === selfId}
            startsGroup={startsGroup(messages[ix - 1], message)}
          />
        ))}
      </div>
      {missed > 0 && !isAtEnd && (
        <button type="button" className={styles.missed} onClick={toEnd}>
          <ArrowDown size={18} aria-hidden />
          {chat.newMessages(missed)}
        </button>
      )}
    </div>
  );
}
