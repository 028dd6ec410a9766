import type { CallRecord, Fact } from '@madang/client';
import { isLiveMessage, LIVE_CHANNEL, type LiveCall, type LiveChannel } from './live-message.js';

interface SharedCall {
  readonly id: string;
  describe(): Omit<LiveCall, 'id'>;
  readonly record: Pick<CallRecord, 'facts' | 'nowMs'>;
}

const WATCHERS_AT_ONCE = 8;

/** Lets inspector pages in other tabs of this browser watch a call. Returns how to stop; then they are told that it is over. */
export function shareRecord(
  { id, describe, record }: SharedCall,
  channel: LiveChannel = new BroadcastChannel(LIVE_CHANNEL),
): () => void {
  /** The newest fact that each watcher has. */
  const last = new Map<string, Fact>();
  const tell = () => channel.postMessage({ type: 'call', call: { id, ...describe() } });
  const answer = (watcher: string) => {
    const { facts } = record;
    const known = last.get(watcher);
    const from = known === undefined ? -1 : facts.lastIndexOf(known);
    const isWhole = from === -1;
    channel.postMessage({ type: 'facts', id, watcher, facts: facts.slice(from + 1), isWhole, nowMs: record.nowMs() });
    const newest = facts.at(-1);
    last.delete(watcher);
    if (newest) last.set(watcher, newest);
    const [oldest] = last.keys();
    if (last.size > WATCHERS_AT_ONCE && oldest !== undefined) last.delete(oldest);
  };
  channel.onmessage = ({ data }) => {
    if (!isLiveMessage(data)) return;
    if (data.type === 'who') tell();
    if (data.type === 'watch' && data.id === id) answer(data.watcher);
  };
  tell();
  const close = () => {
    channel.postMessage({ type: 'over', id });
    channel.close();
  };
  return close;
}
