import { LockOpen } from 'lucide-react';
import { secureAddress } from '../address/secure-address.js';
import { pageConfig } from '../page-config.js';
import { useMessages } from '../state/language-store.js';
import { Button } from '../ui/button.js';
import { LinkButton } from '../ui/link-button.js';
import { MessageActions, MessagePage, MessageText } from '../ui/message-page.js';
import styles from './insecure-page.module.css';
import { usePageTitle } from './use-page-title.js';

/** For a page opened over plain http from another machine: the browser has no camera or microphone for it. */
export function InsecurePage({ onGoOn }: { readonly onGoOn: () => void }) {
  const { app, insecure } = useMessages();
  const secure = secureAddress(window.location, pageConfig.httpsPort);
  usePageTitle(app.name);
  return (
    <MessagePage icon={<LockOpen aria-hidden />} heading={insecure.heading}>
      <MessageText>{insecure.text}</MessageText>
      {secure === null ? (
        <MessageText>{insecure.noHttps}</MessageText>
      ) : (
        <>
          <MessageActions>
            <LinkButton href={secure} look="primary" size="large" isOutside>
              {insecure.open}
            </LinkButton>
          </MessageActions>
          <p className={styles.address}>{decodeURI(secure)}</p>
          <MessageText>
            {insecure.trust} <a href={`${pageConfig.basePath}/trust`}>{insecure.trustLink}</a>
          </MessageText>
        </>
      )}
      <div className={styles.goOn}>
        <Button look="quiet" onClick={onGoOn}>
          {insecure.goOn}
        </Button>
        <p>{insecure.goOnText}</p>
      </div>
    </MessagePage>
  );
}
