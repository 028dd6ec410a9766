import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { toast } from '../../state/notices.js';
import { Menu, MenuHeading, MenuItem } from '../../ui/menu.js';
import { Tooltip } from '../../ui/tooltip.js';
import styles from './send-file-button.module.css';
import { useFileActions } from './use-file-actions.js';

/** Chooses files and offers them: to the only other person at once, else to whom one says. */
export function SendFileButton() {
  const { files } = useMessages();
  const { send } = useFileActions();
  const members = useCallState((state) => state.view.members);
  const input = useRef<HTMLInputElement>(null);
  const to = useRef<string>('everyone');
  const others = members.filter(({ isSelf }) => !isSelf);

  const choose = (receiver: string) => {
    to.current = receiver;
    input.current?.click();
  };
  const button = (onClick?: () => void) => (
    <button type="button" className={styles.attach} aria-label={files.send} {...(onClick ? { onClick } : {})}>
      <Paperclip aria-hidden />
    </button>
  );
  return (
    <>
      {others.length > 1 ? (
        <Menu side="top" align="start" trigger={button()}>
          <MenuHeading>{files.sendTo}</MenuHeading>
          <MenuItem onSelect={() => choose('everyone')}>{files.everyone}</MenuItem>
          {others.map(({ id, name }) => (
            <MenuItem key={id} onSelect={() => choose(id)}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      ) : (
        <Tooltip text={files.send}>
          {button(() => (others.length === 0 ? toast(files.dropAlone) : choose('everyone')))}
        </Tooltip>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          send([...(currentTarget.files ?? [])], to.current);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
