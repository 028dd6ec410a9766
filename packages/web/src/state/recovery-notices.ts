import type { Call } from './call.js';
import { currentMessages } from './language-store.js';
import { announce, toast } from './notices.js';

/** A gap in sound and picture that is shorter than this has been noticed already, and needs no explanation. */
const WORTH_TELLING_MS = 1_000;
/** What comes back within this time is told in one sentence. */
const TOGETHER_MS = 600;

/** Says that the connection to the server, or to somebody, was lost and is back, and after what time. */
export function attendRecovery({ room }: Call): (() => void)[] {
  let wasAway = false;
  const back = new Map<string, number>();
  let telling: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    telling = undefined;
    toast(backTogether(back));
    back.clear();
  };
  return [
    room.on('stateChanged', () => {
      const isAway = room.state === 'reconnecting';
      if (isAway && !wasAway) announce(currentMessages().announce.connectionLost, 'urgent');
      wasAway = isAway;
    }),
    room.on('recovered', (recovery) => {
      const { recovery: say } = currentMessages();
      if (recovery.what === 'signaling') toast(say.serverBack(say.seconds(recovery.afterMs)));
      else if (recovery.afterMs >= WORTH_TELLING_MS) {
        back.set(recovery.member.name, recovery.afterMs);
        telling ??= setTimeout(tell, TOGETHER_MS);
      }
    }),
    () => clearTimeout(telling),
  ];
}

function backTogether(back: ReadonlyMap<string, number>): string {
  const { recovery: say } = currentMessages();
  const time = say.seconds(Math.max(...back.values()));
  const [name, ...others] = back.keys();
  return others.length === 0 ? say.memberBack(name ?? '', time) : say.membersBack(back.size, time);
}
