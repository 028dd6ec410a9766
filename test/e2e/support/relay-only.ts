import type { ChromiumTab } from './chromium-tab.js';
import type { FirefoxTab } from './firefox-tab.js';
import type { Tab } from './tab.js';

/** How a page speaks to its TURN server. */
export type RelayWay = 'udp' | 'tcp' | 'tls';

declare global {
  interface Window {
    /** The names of the TURN credentials that connections of this page were told, in order. */
    madangTurnNames: string[];
  }
}

/** Runs in the page before its own scripts: every connection takes relayed candidates alone, by one way alone. */
function relayOnly(way: RelayWay): void {
  const ends = { udp: /^turn:.*transport=udp$/, tcp: /^turn:.*transport=tcp$/, tls: /^turns:/ }[way];
  window.madangTurnNames = [];
  const narrowed = (configuration: RTCConfiguration = {}): RTCConfiguration => {
    const iceServers = (configuration.iceServers ?? [])
      .map((server) => ({ ...server, urls: [server.urls].flat().filter((url) => ends.test(url)) }))
      .filter(({ urls }) => urls.length > 0);
    for (const { username } of iceServers) window.madangTurnNames.push(username ?? '');
    return { ...configuration, iceServers, iceTransportPolicy: 'relay' };
  };
  const Usual = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Usual {
    constructor(configuration?: RTCConfiguration) {
      super(narrowed(configuration));
    }
    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration(narrowed(configuration));
    }
  };
}

export async function takesRelaysOnly(tab: ChromiumTab | FirefoxTab, way: RelayWay): Promise<void> {
  if (tab.browser === 'chromium') await tab.page.addInitScript(relayOnly, way);
  else await tab.page.evaluateOnNewDocument(relayOnly, way);
}

export interface UsedPath {
  /** `relay`, `host`, … */
  readonly type: string;
  /** Over what this side speaks to its TURN server. */
  readonly protocol: string;
  /** The port at which the other side reaches this one. */
  readonly port: number;
  readonly remoteType: string;
}

/** The way that the media of the page's connections takes. */
export async function usedPaths(tab: Tab): Promise<UsedPath[]> {
  const connections = (await tab.evaluate(() => window.madangProbe.statistics())) as { rows: Row[] }[];
  return connections.flatMap(({ rows }) => {
    const row = (id: unknown) => rows.find((each) => each.id === id) ?? {};
    const chosen = rows.filter(({ type }) => type === 'transport').map(({ selectedCandidatePairId: id }) => row(id));
    const nominated = rows.filter(({ type, selected }) => type === 'candidate-pair' && selected === true);
    return (chosen.length > 0 ? chosen : nominated).map((pair) => {
      const local = row(pair.localCandidateId);
      return {
        type: String(local.candidateType),
        protocol: String(local.relayProtocol),
        port: Number(local.port),
        remoteType: String(row(pair.remoteCandidateId).candidateType),
      };
    });
  });
}

type Row = Readonly<Record<string, unknown>>;
