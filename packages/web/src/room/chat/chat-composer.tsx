import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { charsOf } from '../../ui/chars-of.js';
import { useIsPhone } from '../../ui/use-is-phone.js';
import { attempt } from '../attempt.js';
import { SendFileButton } from '../files/send-file-button.js';
import styles from './chat-composer.module.css';

const LONGEST = 4_000;
const COUNTED_FROM = 3_600;

/** What Safari says of the key that ends a syllable: no longer composing, but taken by the input method all the same. */
const TAKEN_BY_INPUT_METHOD = 229;

const isComposing = (event: { readonly isComposing: boolean; readonly keyCode: number }) =>
  event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD;

/** Where one writes. Enter sends, unless a syllable is still being composed; Shift and Enter begins a line. */
export function ChatComposer() {
  const call = useCall();
  const { chat } = useMessages();
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const chars = charsOf(text);
  const canSend = text.trim() !== '' && chars <= LONGEST;

  const isPhone = useIsPhone();

  // On a phone the keyboard would cover what one came to read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the chat is opened
  useEffect(() => {
    if (!isPhone) box.current?.focus();
  }, []);

  const send = async () => {
    if (!canSend) return;
    setText('');
    // What was not sent comes back, unless something else has been written meanwhile.
    if (!(await attempt(call.room.sendChat(text)))) setText((now) => (now === '' ? text : now));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className={styles.row}>
        <SendFileButton />
        <textarea
          ref={box}
          className={styles.box}
          rows={1}
          aria-label={chat.message}
          placeholder={chat.placeholder}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className={styles.send} aria-label={chat.send} disabled={!canSend}>
          <SendHorizontal aria-hidden />
        </button>
      </div>
      {chars > COUNTED_FROM && (
        <p className={styles.count} role="status">
          {chars > LONGEST ? chat.tooLong(LONGEST) : `${chars} / ${LONGEST}`}
        </p>
      )}
    </form>
  );
}
