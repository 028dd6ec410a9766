import { AppWindow, DoorClosed, Hand, UsersRound, UserX, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OutsideReason, RefusalCode } from '../state/call.js';
import { useMessages } from '../state/language-store.js';
import { Button } from '../ui/button.js';
import { LinkButton } from '../ui/link-button.js';
import { MessageActions, MessagePage, MessageText } from '../ui/message-page.js';

const ICONS: Record<OutsideReason, ReactNode> = {
  left: <Hand aria-hidden />,
  kicked: <UserX aria-hidden />,
  closed: <DoorClosed aria-hidden />,
  replaced: <AppWindow aria-hidden />,
  failed: <WifiOff aria-hidden />,
  full: <UsersRound aria-hidden />,
};

interface OutsidePageProps {
  readonly reason: OutsideReason;
  /** What the host wrote. */
  readonly note?: string | undefined;
  /** The error that ended the call, where it was one. */
  readonly code?: RefusalCode | undefined;
  readonly onAgain: () => void;
}

/** What happened, and the ways on from here. */
export function OutsidePage({ reason, note, code, onAgain }: OutsidePageProps) {
  const { outside, app, errors } = useMessages();
  return (
    <MessagePage icon={ICONS[reason]} heading={outside.heading[reason]} isNews>
      {note !== undefined && note !== '' && <MessageText>{outside.note(note)}</MessageText>}
      <MessageText>{code === undefined ? outside.text[reason] : errors[code]}</MessageText>
      <MessageActions>
        <Button look="primary" size="large" onClick={onAgain}>
          {reason === 'full' ? outside.tryAgain : outside.rejoin}
        </Button>
        <LinkButton href="/" size="large">
          {app.home}
        </LinkButton>
      </MessageActions>
    </MessagePage>
  );
}
