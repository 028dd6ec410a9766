import { AppWindow } from 'lucide-react';
import { useState } from 'react';
import { outsideLink } from '../platform/outside-link.js';
import { thisPlatform } from '../platform/read-platform.js';
import { useMessages } from '../state/language-store.js';
import { Button } from '../ui/button.js';
import { LinkButton } from '../ui/link-button.js';
import { MessageActions, MessagePage, MessageText } from '../ui/message-page.js';
import styles from './insecure-page.module.css';
import { usePageTitle } from './use-page-title.js';

/** For a page opened inside a messenger: many of them keep camera and microphone from pages. */
export function InAppPage({ onGoOn }: { readonly onGoOn: () => void }) {
  const { app, inApp } = useMessages();
  const platform = thisPlatform();
  const link = outsideLink(window.location.href, platform);
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  usePageTitle(app.name);
  const copy = () =>
    navigator.clipboard.writeText(window.location.href).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  const name = inApp.names[platform.inApp ?? 'other'];
  const browser = platform.system === 'ios' ? 'Safari' : 'Chrome';
  return (
    <MessagePage icon={<AppWindow aria-hidden />} heading={inApp.heading(name)}>
      <MessageText>{inApp.text(browser)}</MessageText>
      <MessageActions>
        {link !== null && (
          <LinkButton href={link} look="primary" size="large" isOutside>
            {inApp.open(browser)}
          </LinkButton>
        )}
        <Button size="large" look={link === null ? 'primary' : 'plain'} onClick={() => void copy()}>
          {copied === 'yes' ? inApp.copied : inApp.copy}
        </Button>
      </MessageActions>
      <p className={styles.address}>{decodeURI(window.location.href)}</p>
      {link === null && <MessageText>{inApp.byHand(browser)}</MessageText>}
      {copied === 'failed' && <MessageText>{inApp.copyFailed}</MessageText>}
      <div className={styles.goOn}>
        <Button look="quiet" onClick={onGoOn}>
          {inApp.goOn}
        </Button>
        <p>{inApp.goOnText}</p>
      </div>
    </MessagePage>
  );
}
