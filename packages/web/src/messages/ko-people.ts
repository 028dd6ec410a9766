import type { enPeople } from './en-people.js';

/** The same in Korean. */
export const koPeople: typeof enPeople = {
  leaving: {
    heading: '진행자가 나뿐입니다',
    text: '내가 나가도 통화는 이어집니다. 어떻게 나갈까요?',
    leave: '나가기',
    leaveNote: '가장 오래 있던 사람이 진행자가 됩니다.',
    handOver: (name) => `${name} 님에게 진행자를 넘기고 나가기`,
    closeForAll: '모두의 통화 끝내기',
    closeNote: '채팅이 지워집니다.',
    stay: '남아 있기',
  },
  view: {
    pip: '화면 속 화면',
    pipAll: '작은 창으로 보기',
    endPip: '작은 창 닫기',
    pipTitle: (room) => `${room}: 작은 창`,
    pipNothing: '작은 창에 보여 줄 화면이 아직 없습니다.',
    pipFailed: '브라우저가 작은 창을 열지 못했습니다.',
    hideSelf: '내 모습 숨기기',
    showSelf: '내 모습 보기',
    selfHidden: '내 모습이 나에게만 보이지 않습니다. 다른 사람에게는 그대로 보입니다.',
    tiled: '모두 같은 크기로 보기',
    untiled: '고른 화면을 크게 보기',
    flip: '카메라 앞뒤 바꾸기',
    volumeOf: (name) => `${name} 님의 소리 크기`,
    roomHeading: (room) => `${room} 방의 통화`,
  },
  keys: {
    fullscreen: '전체 화면 켜기/끄기',
    inspector: '연결 정보 열기/닫기',
    layout: '모두 같은 크기 / 하나를 크게',
    pin: '그 사람을 크게 보기/그만 보기',
    self: '내 모습을 크게 보기/그만 보기',
    pages: '사람들 페이지 넘기기',
    react: '반응 보내기',
    single: '글쇠 하나로 된 단축키 쓰기',
    singleNote: '끄면 Ctrl, ⌘, Alt 키를 함께 누르는 단축키만 남습니다.',
    or: '또는',
  },
  recent: {
    clear: '모두 지우기',
  },
};
