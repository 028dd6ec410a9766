import type { Clock } from '../clock.js';
import type { LinkState, SignalLink } from '../link/index.js';
import type { CallRecord, FactOf } from '../record/index.js';
import { recordPage } from './page-facts.js';

type Signaling = Omit<FactOf<'signaling'>, 'type' | 'atMs'>;

/** Notes how it goes with the connection to the server, and with the page, until the link is closed. */
export function recordSignaling(link: SignalLink, record: CallRecord, clock: Clock): void {
  const add = (signaling: Signaling): void => record.add({ type: 'signaling', ...signaling });
  let at: LinkState['at'] = link.state.at;
  const offs = [
    recordPage(record, clock),
    link.on('state', (state) => {
      if (state.at === 'closed') for (const off of offs.splice(0)) off();
      const told = stateOf(at, state);
      at = state.at;
      if (told !== undefined) add({ state: told, ...(told === 'open' ? transportOf(link) : {}) });
    }),
    // From polling to WebSocket, within the same connection.
    link.on('upgraded', () => add({ state: 'open', ...transportOf(link) })),
    link.on('joined', ({ iceServers }) => {
      add({ state: 'joined', ...transportOf(link) });
      recordIceServers(record, iceServers);
    }),
    link.on('resumed', ({ iceServers }) => {
      add({ state: 'resumed', ...transportOf(link) });
      recordIceServers(record, iceServers);
    }),
    link.on('failed', ({ code }) => add({ state: 'refused', code })),
  ];
}

function stateOf(before: LinkState['at'], { at }: LinkState): Signaling['state'] | undefined {
  if (at === 'connecting') return 'connecting';
  if (at === 'waiting') return 'lost';
  const opened = before === 'connecting' || before === 'closed';
  return opened && (at === 'idle' || at === 'entering') ? 'open' : undefined;
}

const transportOf = ({ transport }: SignalLink): Pick<Signaling, 'transport'> =>
  transport === undefined ? {} : { transport };

/** Their addresses alone: user names and credentials are nobody's business. */
function recordIceServers(record: CallRecord, servers: readonly { readonly urls: string | readonly string[] }[]): void {
  record.add({ type: 'ice-servers', urls: servers.flatMap(({ urls }) => urls) });
}
