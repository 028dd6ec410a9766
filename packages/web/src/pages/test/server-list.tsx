import { useMessages } from '../../state/language-store.js';
import type { ServerWalk } from './server-walk.js';
import styles from './test-page.module.css';

/** What each STUN or TURN server came to: its times, or the step that failed, why, and what to do. */
export function ServerList({ walks }: { readonly walks: readonly ServerWalk[] }) {
  const { test } = useMessages();
  if (walks.length === 0) return null;
  return (
    <ul className={styles.servers} aria-label={test.server.list}>
      {walks.map((walk, ix) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are only added to, and a URL may stand twice
        <li key={ix} className={styles.server} data-server={walk.url} data-state={walk.end.state}>
          <span className={styles.address}>{walk.url}</span>
          <Outcome walk={walk} />
        </li>
      ))}
    </ul>
  );
}

function Outcome({ walk: { end, transport } }: { readonly walk: ServerWalk }) {
  const { server } = useMessages().test;
  if (end.state === 'works') {
    const gatheredMs = wholeMs(end.gatheredMs);
    const text = end.echoMs === undefined ? server.answers(gatheredMs) : server.relays(gatheredMs, wholeMs(end.echoMs));
    return <span>{text}</span>;
  }
  const { cause, code, step } = end;
  // What does not come about over TLS is most often a certificate that the browser does not trust.
  const remedy = cause === 'unreachable' && transport === 'tls' ? server.remedyTls : server.remedy[cause];
  return (
    <>
      <span>{server.failed(server.steps[step], server.cause[cause](code))}</span>
      <span className={styles.remedy}>{remedy}</span>
    </>
  );
}

function wholeMs(ms: number): number {
  return Math.max(1, Math.round(ms));
}
