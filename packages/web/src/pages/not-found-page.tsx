import { Signpost } from 'lucide-react';
import { useMessages } from '../state/language-store.js';
import { LinkButton } from '../ui/link-button.js';
import { MessageActions, MessagePage, MessageText } from '../ui/message-page.js';
import { usePageTitle } from './use-page-title.js';

export function NotFoundPage() {
  const { app } = useMessages();
  usePageTitle(app.name);
  return (
    <MessagePage icon={<Signpost aria-hidden />} heading={app.notFound}>
      <MessageText>{app.notFoundText}</MessageText>
      <MessageActions>
        <LinkButton href="/" look="primary">
          {app.home}
        </LinkButton>
      </MessageActions>
    </MessagePage>
  );
}
