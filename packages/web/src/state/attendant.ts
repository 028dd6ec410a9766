import { attendFiles } from './attend-files.js';
import type { Call } from './call.js';
import { currentMessages } from './language-store.js';
import { announce, toast } from './notices.js';
import { attendRecovery } from './recovery-notices.js';

const REACTION_STAYS_MS = 4_000;
const REACTIONS_AT_ONCE = 12;

/** Tells the person what happens in the room: toasts, announcements, unread count, reactions. Returns how to stop. */
export function attend(call: Call): () => void {
  const offs = [
    ...attendMembers(call),
    attendSpotlight(call),
    ...attendTalk(call),
    ...attendConnection(call),
    ...attendFiles(call),
  ];
  attendDevices(call);
  return () => {
    for (const off of offs) off();
  };
}

function attendMembers({ room }: Call): (() => void)[] {
  const sharing = new Set<string>();
  const hands = new Set<string>();
  let role = room.self?.role;
  return [
    // Who joins hears of no change of its own: the role to compare with is the one given at the door.
    room.on('stateChanged', () => {
      role = room.self?.role ?? role;
    }),
    room.on('memberJoined', (member) => {
      // After a loss everyone may come in under a new id: that is no news.
      if (room.state === 'connected') toast(currentMessages().announce.joined(member.name));
    }),
    room.on('memberLeft', (member, reason) => {
      sharing.delete(member.id);
      hands.delete(member.id);
      if (room.state !== 'connected') return;
      const { announce: say } = currentMessages();
      toast(
        reason === 'kicked'
          ? say.removed(member.name)
          : reason === 'lost'
            ? say.lost(member.name)
            : say.left(member.name),
      );
    }),
    room.on('memberChanged', (member) => {
      const { announce: say } = currentMessages();
      if (turnedOn(hands, member.id, member.handRaisedWallMs !== null) && !member.isSelf)
        toast(say.handRaised(member.name));
      if (turnedOn(sharing, member.id, member.media.screen === 'on') && !member.isSelf) toast(say.shares(member.name));
      if (!member.isSelf) return;
      if (role !== undefined && role !== 'host' && member.role === 'host') toast(say.youAreHost);
      role = member.role;
    }),
  ];
}

/** Says whom a host has put in the spotlight, to whoever it is not. */
function attendSpotlight({ store }: Call): () => void {
  return store.subscribe(({ view }, before) => {
    if (view.spotlight === null || view.spotlight === before.view.spotlight || before.view.state !== 'connected')
      return;
    const member = view.members.find(({ id }) => view.spotlight?.startsWith(`${id}/`));
    const isHost = view.members.some(({ isSelf, role }) => isSelf && role === 'host');
    const { stage } = currentMessages();
    if (member && !isHost) toast(member.isSelf ? stage.youSpotlit : stage.nowSpotlit(member.name));
  });
}

/** Notes whether `id` is on now; true when it was not before. */
function turnedOn(those: Set<string>, id: string, on: boolean): boolean {
  const before = those.has(id);
  if (on) those.add(id);
  else those.delete(id);
  return on && !before;
}

function attendTalk(call: Call): (() => void)[] {
  const { room, store } = call;
  let lastReaction = 0;
  return [
    room.on('chat', (message) => {
      if (message.from === room.self?.id || store.getState().panel === 'chat') return;
      store.setState(({ unread }) => ({ unread: unread + 1 }));
      const { chat } = currentMessages();
      toast(chat.from(message.name, shorten(message.text)), {
        action: { label: chat.read, run: () => store.setState({ panel: 'chat', unread: 0 }) },
      });
    }),
    room.on('reaction', (member, reaction) => {
      const id = ++lastReaction;
      const messages = currentMessages();
      const name = member?.name ?? '';
      store.setState(({ reactions }) => ({
        reactions: [...reactions, { id, name, reaction }].slice(-REACTIONS_AT_ONCE),
      }));
      announce(messages.announce.reaction(name, messages.reactionNames[reaction] ?? reaction));
      setTimeout(
        () => store.setState(({ reactions }) => ({ reactions: reactions.filter((shown) => shown.id !== id) })),
        REACTION_STAYS_MS,
      );
    }),
  ];
}

function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function attendConnection(call: Call): (() => void)[] {
  const { room } = call;
  return [
    ...attendRecovery(call),
    room.on('mutedByHost', ({ by, source }) => {
      const messages = currentMessages();
      const text = messages.announce.mutedByHost[source](by?.name ?? messages.announce.aHost);
      announce(text, 'urgent');
      toast(text, { isQuiet: true });
    }),
    room.on('ended', ({ reason, note, code }) => call.end(reason === 'failed' ? { reason, code } : { reason, note })),
  ];
}

function attendDevices({ desk }: Call): void {
  desk.events = {
    onAppeared: (source, device) => {
      const { devices } = currentMessages();
      toast(devices.appeared(device.label), {
        action: { label: devices.use, run: () => void desk.choose(source, device.deviceId) },
      });
    },
    onBack: (_source, device) => toast(currentMessages().devices.switched(device.label)),
    onEffectEnded: (effect, why) => toast(currentMessages().settings.ended[why][effect]),
    onLost: (source) => toast(currentMessages().devices.lost(currentMessages().devices[source])),
  };
}
