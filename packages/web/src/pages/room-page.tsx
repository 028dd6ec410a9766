import { SquareX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { checkRoomName } from '../address/room-name.js';
import { roomSecretOfPage } from '../address/room-secret.js';
import { DeskContext } from '../devices/desk-context.js';
import { shareCall } from '../inspector/live/share-call.js';
import { thisPlatform } from '../platform/read-platform.js';
import { Call } from '../state/call.js';
import { CallContext } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { LinkButton } from '../ui/link-button.js';
import { MessageActions, MessagePage, MessageText } from '../ui/message-page.js';
import { InAppPage } from './in-app-page.js';
import { InsecurePage } from './insecure-page.js';
import { RoomScenes } from './room-scenes.js';
import { usePageTitle } from './use-page-title.js';

/** Everything under `/r/ROOM`. `typedName` comes from the address line and may be anything. */
export function RoomPage({ typedName }: { readonly typedName: string }) {
  const checked = checkRoomName(typedName);
  const [staysInApp, setStaysInApp] = useState(false);
  const [goesOnInsecurely, setGoesOnInsecurely] = useState(false);
  if (!checked.ok) return <BadRoomName problem={checked.problem} />;
  if (thisPlatform().inApp !== null && !staysInApp) return <InAppPage onGoOn={() => setStaysInApp(true)} />;
  if (!window.isSecureContext && !goesOnInsecurely) return <InsecurePage onGoOn={() => setGoesOnInsecurely(true)} />;
  return <Visit roomName={checked.name} />;
}

/** One visit after another: coming in again after leaving begins a new one. */
function Visit({ roomName }: { readonly roomName: string }) {
  const [visit, setVisit] = useState(0);
  const [call, setCall] = useState<Call>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new visit needs a new call
  useEffect(() => {
    const opened = new Call(roomName, roomSecretOfPage(window));
    setCall(opened);
    const stopSharing = shareCall(opened);
    return () => {
      stopSharing();
      opened.close();
    };
  }, [roomName, visit]);
  if (!call) return null;
  return (
    <CallContext value={call}>
      <DeskContext value={call.desk}>
        <RoomScenes key={visit} onAgain={() => setVisit(visit + 1)} />
      </DeskContext>
    </CallContext>
  );
}

function BadRoomName({
  problem,
}: {
  readonly problem: Extract<ReturnType<typeof checkRoomName>, { ok: false }>['problem'];
}) {
  const { app, roomNameProblem } = useMessages();
  usePageTitle(app.name);
  return (
    <MessagePage icon={<SquareX aria-hidden />} heading={app.notFound}>
      <MessageText>{roomNameProblem[problem]}</MessageText>
      <MessageActions>
        <LinkButton href="/" look="primary">
          {app.home}
        </LinkButton>
      </MessageActions>
    </MessagePage>
  );
}
