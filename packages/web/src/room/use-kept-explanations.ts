import { useEffect } from 'react';

/** The call has begun by then: nothing waits for this. */
const AFTER_MS = 4_000;

/**
 * Fetches what explains a failure while there is a network to fetch it by: who loses it opens the inspector then, and a
 * part of the page that is only asked for by then never comes.
 */
export function useKeptExplanations(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // One that does not come now is asked for again when it is needed.
      const parts = [
        import('../inspector/inspector-panel.js'),
        import('../inspector/charts/track-charts.js'),
        import('../inspector/notice/finding-banner.js'),
      ];
      void Promise.allSettled(parts);
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
}
