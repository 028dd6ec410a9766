import type { enRecovery } from './en-recovery.js';

/** What people read in Korean while a connection is away, and when it is back. */
export const koRecovery: typeof enRecovery = {
  recovery: {
    seconds: (ms) => `${(ms / 1_000).toFixed(1)}초`,
    serverBack: (time) => `${time} 만에 다시 연결되었습니다`,
    memberAway: (name) => `${name} 님과의 연결이 끊겼습니다. 다시 잇는 중…`,
    membersAway: (count) => `${count}명과의 연결이 끊겼습니다. 다시 잇는 중…`,
    memberBack: (name, time) => `${name} 님과 ${time} 만에 다시 연결되었습니다`,
    membersBack: (count, time) => `${count}명과 ${time} 만에 다시 연결되었습니다`,
    tile: '다시 잇는 중…',
  },
};
