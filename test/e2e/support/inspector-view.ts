import type { ChromiumTab } from './chromium-tab.js';
import { until } from './until.js';

/** A rung as it stands on the page. `peer` is empty for one's own. */
export interface RungSeen {
  readonly peer: string;
  readonly step: string;
  readonly state: string;
}

/** A direction of the matrix of who hears whom. */
export interface HearsSeen {
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly hears: string;
}

/** A STUN or TURN server in the table of those that were asked. */
export interface ServerSeen {
  readonly url: string;
  readonly state: string;
  readonly text: string;
}

/** The inspector on a page, wherever it stands: the panel of a call, `/inspect`, or the element in a page of a stranger. */
export class InspectorView {
  readonly tab: ChromiumTab;

  constructor(tab: ChromiumTab) {
    this.tab = tab;
  }

  rungs(): Promise<RungSeen[]> {
    return this.tab.page.locator('[data-step]').evaluateAll((rungs) =>
      rungs.map((rung) => ({
        peer: rung.closest('section[data-peer]')?.getAttribute('data-peer') ?? '',
        step: rung.getAttribute('data-step') ?? '',
        state: rung.getAttribute('data-state') ?? '',
      })),
    );
  }

  /** Waits until there are `connections` ladders and every step, one's own included, is done or not needed. */
  async isDone(connections: number, timeoutMs?: number): Promise<RungSeen[]> {
    return await until(
      `${connections} whole ladders`,
      () => this.rungs(),
      (rungs) =>
        rungs.length === 2 + 9 * connections && rungs.every(({ state }) => state === 'done' || state === 'skipped'),
      timeoutMs,
    );
  }

  /** Opens or closes a rung of the first connection, or one of one's own. */
  async toggles(step: string): Promise<void> {
    await this.tab.page.locator(`[data-step="${step}"] > button`).first().click();
  }

  /** The text of an opened rung. */
  async details(step: string): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count.
    return await this.tab.page.locator(`[data-step="${step}"]`).first().innerText();
  }

  /** What an opened rung of own candidates shows of each STUN and TURN server. */
  servers(): Promise<ServerSeen[]> {
    return this.tab.page.locator('[data-ice-server]').evaluateAll((rows) =>
      rows.map((row) => ({
        url: row.getAttribute('data-ice-server') ?? '',
        state: row.getAttribute('data-state') ?? '',
        text: row.textContent ?? '',
      })),
    );
  }

  causes(): Promise<string[]> {
    return this.tab.page
      .locator('article[data-cause]')
      .evaluateAll((findings) => findings.map((finding) => finding.getAttribute('data-cause') ?? ''));
  }

  hears(): Promise<HearsSeen[]> {
    return this.tab.page.locator('[data-hears]').evaluateAll((cells) =>
      cells.map((cell) => ({
        from: cell.getAttribute('data-from') ?? '',
        to: cell.getAttribute('data-to') ?? '',
        source: cell.getAttribute('data-source') ?? '',
        hears: cell.getAttribute('data-hears') ?? '',
      })),
    );
  }
}
