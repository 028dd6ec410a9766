import type { ChromiumTab } from './chromium-tab.js';
import type { FirefoxTab } from './firefox-tab.js';
import type { Tab } from './tab.js';

/** Runs in the page before its own scripts: every connection takes relayed candidates alone. */
export function relayOnly(): void {
  const Usual = window.RTCPeerConnection;
  const { setConfiguration } = Usual.prototype;
  window.RTCPeerConnection = class extends Usual {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
    }
    override setConfiguration(configuration?: RTCConfiguration): void {
      setConfiguration.call(this, { ...configuration, iceTransportPolicy: 'relay' });
    }
  };
}

export async function takesRelaysOnly(tab: ChromiumTab | FirefoxTab): Promise<void> {
  if (tab.browser === 'chromium') await tab.page.addInitScript(relayOnly);
  else await tab.page.evaluateOnNewDocument(relayOnly);
}

export interface UsedPath {
  /** `relay`, `host`, … */
  readonly type: string;
  /** Over what this side speaks to its TURN server. */
  readonly protocol: string;
  readonly remoteType: string;
}

/** The way that the media of the page's connections takes. */
export async function usedPaths(tab: Tab): Promise<UsedPath[]> {
  const connections = (await tab.evaluate(() => window.madangProbe.statistics())) as { rows: Row[] }[];
  return connections.flatMap(({ rows }) => {
    const row = (id: unknown) => rows.find((each) => each.id === id) ?? {};
    const pairs = rows.filter((each) => each.type === 'candidate-pair' && each.nominated && each.state === 'succeeded');
    return pairs.map((pair) => {
      const local = row(pair.localCandidateId);
      return {
        type: String(local.candidateType),
        protocol: String(local.relayProtocol),
        remoteType: String(row(pair.remoteCandidateId).candidateType),
      };
    });
  });
}

type Row = Readonly<Record<string, unknown>>;
