import { findRoutes } from './find-routes.js';
import type { TurnCredential } from './turn-credential.js';
import { isTurnUrl } from './turn-url.js';
import type { TurnWalk } from './turn-walk.js';
import { walkRoute } from './walk-route.js';

/** A TURN server to be examined. */
export interface TurnTarget {
  readonly urls: readonly string[];
  readonly credential: TurnCredential;
}

export interface TurnExamination {
  readonly realm?: string | undefined;
  /** A certificate in PEM to trust besides Node's own. */
  readonly ca?: string | undefined;
  /** Trust any certificate. */
  readonly insecure?: boolean | undefined;
}

/**
 * Walks every way to every server, for relayed addresses of both families, one after the other: together they would count
 * against the quota of one user.
 */
export async function walkTargets(targets: readonly TurnTarget[], options: TurnExamination): Promise<TurnWalk[]> {
  const walks: TurnWalk[] = [];
  for (const { urls, credential } of targets) {
    for (const url of urls.filter(isTurnUrl)) {
      for (const route of await findRoutes(url)) {
        const first = await walkRoute(route, 4, { ...options, credential, wallMs: Date.now() });
        walks.push(first);
        if (first.end.kind !== 'failed') {
          walks.push(await walkRoute(route, 6, { ...options, credential, wallMs: Date.now() }));
        }
      }
    }
  }
  return walks;
}
