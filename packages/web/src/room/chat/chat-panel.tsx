import { useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { TransferList } from '../files/transfer-list.js';
import { SidePanel } from '../side-panel.js';
import { ChatComposer } from './chat-composer.js';
import { ChatLog } from './chat-log.js';
import styles from './chat-panel.module.css';

export function ChatPanel() {
  const { chat } = useMessages();
  const messages = useCallState((state) => state.view.chat);
  return (
    <SidePanel heading={chat.heading}>
      {messages.length === 0 && <p className={styles.empty}>{chat.empty}</p>}
      <ChatLog messages={messages} />
      <TransferList />
      <ChatComposer />
    </SidePanel>
  );
}
