import type { MediaState } from '@madang/protocol';
import { DONE, refuse } from '../outcome.js';
import { may } from '../permissions.js';
import type { MemberCommand } from './member-command.js';

/** Says what the member sends. Who may not publish may still say that all is off. */
export const media: MemberCommand<'media'> = {
  needs: null,
  once: true,
  carryOut({ rooms, member, now }, command) {
    const before = member.state.media;
    const after: MediaState = {
      microphone: command.media.microphone ?? before.microphone,
      camera: command.media.camera ?? before.camera,
      screen: command.media.screen ?? before.screen,
    };
    if (!isAllOff(after) && !may(member.state.role, 'publish')) return refuse('forbidden', 'publish');
    if (!isSame(before, after)) rooms.change(member, { media: after }, now);
    return DONE;
  },
};

function isAllOff(media: MediaState): boolean {
  return media.microphone === 'off' && media.camera === 'off' && media.screen === 'off';
}

function isSame(a: MediaState, b: MediaState): boolean {
  return a.microphone === b.microphone && a.camera === b.camera && a.screen === b.screen;
}
