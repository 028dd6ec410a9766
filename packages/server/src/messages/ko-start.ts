import type { enStart } from './en-start.js';

/** The same in Korean. */
export const koStart: typeof enStart = {
  about: '서버를 포그라운드에서 실행합니다',
  otherCommands: '다른 명령: doctor, config, join, turn-credentials. `madang help`가 모두 보여 줍니다.',
  here: '이 컴퓨터에서',
  elsewhere: '다른 기기에서',
  turn: 'STUN과 TURN',
  media: '미디어',
  silent: '이 컴퓨터에서 응답 없음',
  certificateWarning: '인증서 경고가 나오면',
  fingerprint: '  인증 기관의 지문',
  data: '데이터',
  rooms: '방',
  roomsOpen: '포트에 닿는 누구에게나 열려 있습니다',
  warning: '주의',
  noWebApp: '웹 앱이 빌드되지 않아(npm run build) 시그널링만 됩니다',
  noTurnWithoutAddon:
    '미디어 애드온이 빌드되지 않아 STUN과 TURN이 없습니다(npm run build가 무엇이 빠졌는지 알려 줍니다)',
  noMediaWithoutAddon:
    '미디어 애드온이 빌드되지 않아 미디어 서버가 없습니다(npm run build가 무엇이 빠졌는지 알려 줍니다)',
  found: '알아 둘 것(madang doctor가 더 알려 줍니다):',
  stopping: (members) =>
    members === 0
      ? '멈춥니다.'
      : `멈춥니다. 멤버 ${members}명이 나가기를 기다립니다. Ctrl-C를 한 번 더 누르면 바로 멈춥니다.`,
  stopped: '멈췄습니다.',
  portInUse: (port, flag) => `${port}번 포트가 이미 쓰이고 있습니다. ${flag} 플래그로 다른 포트를 고르세요`,
  portInUseBy: (port, holder, flag) =>
    `${port}번 포트를 이미 ${holder} 쪽에서 쓰고 있습니다. ${flag} 플래그로 다른 포트를 고르세요`,
  tooFewPorts: (count, port) =>
    `미디어 스레드 ${count}개에 포트가 하나씩 필요한데 ${port}번부터는 모자랍니다. --media-port로 더 낮은 포트를 고르세요`,
  portForbidden: (port, flag) =>
    `${port}번 포트는 이 사용자가 열 수 없습니다. ${flag} 플래그로 1023보다 큰 포트를 고르세요`,
  noSuchAddress: (address, flag) => `이 컴퓨터에는 ${address} 주소가 없습니다. ${flag} 플래그를 고치세요`,
};
