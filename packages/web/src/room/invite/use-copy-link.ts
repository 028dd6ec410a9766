import { useEffect, useState } from 'react';
import { invitationLink } from '../../address/room-path.js';
import { secretFragment } from '../../address/room-secret.js';
import { pageConfig } from '../../page-config.js';
import { useCall } from '../../state/call-context.js';
import { currentMessages } from '../../state/language-store.js';
import { toast } from '../../state/notices.js';

const STAYS_COPIED_MS = 2_500;

/** The link to the room, and a way to the clipboard that says for a moment that it worked. */
export function useCopyLink() {
  const call = useCall();
  const { link: bare, isLocalOnly } = invitationLink(call.roomName, window.location, pageConfig);
  const link = bare + secretFragment(call.secret);
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), STAYS_COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      // Without a secure context there is no clipboard at all.
      await navigator.clipboard.writeText(link);
      setIsCopied(true);
    } catch {
      toast(currentMessages().invite.copyFailed);
    }
  };
  return { link, isLocalOnly, isCopied, copy: () => void copy() };
}
