import type { enWatch } from './en-watch.js';

/** The page that plays a room, in Korean. */
export const koWatch: typeof enWatch = {
  watch: {
    link: '이 방 보기',
    title: (room: string) => `${room} 보기`,
    picture: (room: string) => `${room} 영상`,
    connecting: '연결하는 중…',
    waiting: '아직 이 방에서 송출하는 사람이 없습니다. 시작되면 여기에 바로 나타납니다.',
    trouble: '서버와 연결이 끊겼습니다. 다시 시도하는 중…',
    refused: '이 방은 볼 수 없습니다.',
    problems: {
      room_peer_to_peer: '이 방은 멤버끼리 직접 주고받아서 여기서는 볼 수 없습니다. 방에 들어가 주세요.',
      room_full: '방이 가득 찼습니다. 다시 시도하는 중…',
      token_missing: '이 서버의 방은 토큰이 있어야 볼 수 있습니다.',
      token_unknown: '이 서버의 방은 토큰이 있어야 볼 수 있습니다.',
      no_media: '지금은 미디어 서버가 없습니다. 다시 시도하는 중…',
      busy: '서버가 가득 찼습니다. 다시 시도하는 중…',
      draining: '서버가 곧 다시 시작됩니다. 다시 시도하는 중…',
      too_many_requests: '짧은 시간에 너무 많이 시도했습니다. 잠시 뒤에 다시 시도합니다…',
      too_many_sessions: '같은 네트워크에서 보는 사람이 너무 많습니다. 다시 시도하는 중…',
    },
    soundOn: '소리 켜기',
    soundOff: '소리 끄기',
    quality: '화질',
    qualities: { auto: '자동', high: '높음', medium: '중간', low: '낮음' },
    again: '다시 시도',
    reading: (now) => `${now.width}×${now.height}, 초당 ${now.framesPerSecond}프레임, ${now.kbps} kbit/s`,
  },
};
