import { useEffect, useState } from 'react';
import { LiveCalls } from '../../inspector/live/live-calls.js';
import { liveId } from '../../inspector/live/live-id.js';
import { everySecondSeen } from '../../inspector/use-record-snapshot.js';

/** The calls in other tabs, looked at once a second. Undefined where the browser can't tell tabs of each other. */
export function useLiveCalls(): LiveCalls | undefined {
  const [live, setLive] = useState<{ calls: LiveCalls }>();
  useEffect(() => {
    if (!('BroadcastChannel' in window)) return;
    const calls = new LiveCalls(liveId());
    setLive({ calls });
    const offs = [calls.on('changed', () => setLive({ calls })), everySecondSeen(() => calls.look())];
    return () => {
      for (const off of offs) off();
      calls.close();
    };
  }, []);
  return live?.calls;
}
