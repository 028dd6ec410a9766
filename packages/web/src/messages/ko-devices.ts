import type { enDevices } from './en-devices.js';
import { withJosa } from './with-josa.js';

/** What people read in Korean about their devices: settings and effects. */
export const koDevices: typeof enDevices = {
  settings: {
    heading: '카메라와 마이크 설정',
    open: '카메라와 마이크 설정',
    preview: '상대에게 보이는 내 화면',
    cameraOff: '카메라를 켜면 설정이 어떻게 적용되는지 볼 수 있습니다.',
    resolution: '해상도',
    frameRate: '프레임 속도',
    perSecond: (frames) => `초당 ${frames}장`,
    got: (width, height, frames) => `${width} × ${height}, 초당 ${frames}장`,
    mirror: '내 화면 좌우 반전',
    mirrorHint: '나에게만 거울처럼 보입니다. 상대에게는 바르게 보입니다.',
    backgroundBlur: '배경 흐리게',
    grey: '흑백 화면',
    brightness: '밝기',
    blur: '화면 전체 흐리게',
    none: '없음',
    echoCancellation: '에코 제거',
    echoCancellationHint: '헤드폰을 쓰고 음악을 들려줄 때가 아니면 켜 두세요.',
    noiseSuppression: '잡음 줄이기',
    noiseSuppressionHint: '브라우저가 키보드나 선풍기 소리를 줄여 줍니다.',
    replacedByStrong: '아래의 강한 잡음 제거가 대신하고 있습니다.',
    strongNoiseSuppression: '강한 잡음 제거',
    autoGainControl: '음량 자동 조절',
    autoGainControlHint: '작은 목소리는 키우고 큰 목소리는 줄입니다.',
    costly: '이 컴퓨터에서 처리하므로 성능을 조금 씁니다.',
    loading: '불러오는 중…',
    lack: {
      'no-canvas-filter': '이 브라우저에는 화면 필터 기능이 없습니다.',
      'no-frames': '이 브라우저에서는 페이지가 카메라 화면을 바꿀 수 없습니다.',
      'no-webgl': 'WebGL이 필요하지만 꺼져 있거나 쓸 수 없습니다.',
      'no-worklet': '이 브라우저에서는 페이지가 소리를 처리할 수 없습니다.',
      'no-constraint': '이 브라우저가 알아서 정합니다.',
    },
    ended: {
      slow: {
        filters: '지금은 컴퓨터가 따라가지 못해 화면 필터를 껐습니다.',
        backgroundBlur: '지금은 컴퓨터가 따라가지 못해 배경 흐리게를 껐습니다.',
        strongNoiseSuppression: '컴퓨터가 따라가지 못해 강한 잡음 제거를 껐습니다.',
      },
      failed: {
        filters: '화면 필터에 문제가 생겨 껐습니다.',
        backgroundBlur: '배경 흐리게를 시작하지 못했습니다. 배경이 그대로 보입니다.',
        strongNoiseSuppression: '강한 잡음 제거를 시작하지 못했습니다. 소리는 그대로 전해집니다.',
      },
    },
  },
  microphoneHints: {
    talkingWhileMuted: '마이크가 꺼진 채로 말하고 있습니다.',
    mutedBySystem: '시스템이나 장치의 스위치에서 마이크가 음소거되어 있습니다. 아무에게도 들리지 않습니다.',
    noSound: '마이크에서 소리가 전혀 들어오지 않습니다. 꺼져 있거나 다른 마이크를 골라야 할 수 있습니다.',
  },
  deviceGuide: {
    goOnWithout: '그대로 계속하기',
    'denied-chromium': (what) => [
      '주소창 왼쪽의 아이콘을 누릅니다.',
      `${withJosa(what, '을/를')} 켭니다.`,
      '이 페이지가 바로 알아차립니다. 아니면 다시 시도를 누릅니다.',
    ],
    'denied-firefox': (what) => [
      '주소창 왼쪽의 줄이 그어진 아이콘을 누릅니다.',
      `${what} 차단을 지웁니다.`,
      '다시 시도를 누르고 허용합니다.',
    ],
    'denied-safari': (what) => [
      '메뉴 막대에서 Safari › 이 웹사이트 설정을 고릅니다.',
      `${withJosa(what, '을/를')} ‘허용’으로 바꿉니다.`,
      '다시 시도를 누릅니다.',
    ],
    'denied-android': (what) => [
      '주소창 왼쪽의 아이콘을 누르고 ‘권한’을 엽니다.',
      `${withJosa(what, '을/를')} 허용합니다.`,
      '이미 허용되어 있다면 안드로이드의 설정 › 애플리케이션 › 브라우저 › 권한에서 허용합니다.',
    ],
    'denied-samsung': (what) => [
      '주소 옆의 자물쇠를 누르고 ‘권한’을 엽니다.',
      `${withJosa(what, '을/를')} 허용합니다.`,
      '이미 허용되어 있다면 설정 › 애플리케이션 › 삼성 인터넷 › 권한을 확인합니다.',
    ],
    'denied-firefox-android': (what) => [
      '주소 옆의 자물쇠를 누릅니다.',
      `${withJosa(what, '을/를')} 눌러 허용으로 바꿉니다.`,
      '이미 허용되어 있다면 설정 › 애플리케이션 › Firefox › 권한을 확인합니다.',
    ],
    'denied-iphone': (what) => [
      '주소창 왼쪽의 페이지 메뉴를 누르고 ‘웹 사이트 설정’을 엽니다.',
      `${withJosa(what, '을/를')} ‘허용’으로 바꿉니다.`,
      '이미 허용되어 있다면 설정 › 앱 › Safari를 확인합니다.',
    ],
    'denied-iphone-app': (what) => [
      'iPhone의 설정을 열고 앱 목록에서 브라우저로 들어갑니다.',
      `${withJosa(what, '을/를')} 켭니다.`,
      '돌아와서 페이지를 새로 고치고 허용합니다.',
    ],
    policy: (what) => [
      '다른 페이지 안이 아니라 새 탭에서 이 페이지를 엽니다.',
      `이미 새 탭이라면 서버 앞의 프록시가 ${withJosa(what, '을/를')} 막고 있습니다. 운영자에게 Permissions-Policy 헤더를 고쳐 달라고 합니다.`,
    ],
    'system-windows': (what) => [
      `설정 › 개인 정보 및 보안 › ${withJosa(what, '을/를')} 엽니다.`,
      '장치 접근과 데스크톱 앱 접근을 켭니다.',
      '다시 시도를 누릅니다.',
    ],
    'system-macos': (what) => [
      `시스템 설정 › 개인정보 보호 및 보안 › ${withJosa(what, '을/를')} 엽니다.`,
      '목록에서 브라우저를 켭니다.',
      '다시 시작하라고 하면 브라우저를 다시 시작하고 이 페이지를 엽니다.',
    ],
    'system-android': (what) => [
      '설정 › 애플리케이션 › 브라우저 › 권한을 엽니다.',
      `${withJosa(what, '을/를')} 허용합니다.`,
      '빠른 설정에서 모든 앱의 접근이 꺼져 있지 않은지도 확인합니다.',
    ],
    'system-ios': (what) => [
      '설정을 열고 앱 목록에서 브라우저로 들어갑니다.',
      `${withJosa(what, '을/를')} 켭니다.`,
      '돌아와서 페이지를 새로 고칩니다.',
    ],
    'system-linux': (what) => [
      `시스템의 개인정보 설정에서 프로그램이 ${withJosa(what, '을/를')} 쓸 수 있는지 확인합니다.`,
      'Flatpak이나 Snap으로 설치한 브라우저는 권한이 따로 있습니다. Flatseal이나 snap connections를 확인합니다.',
      '다시 시도를 누릅니다.',
    ],
    'system-chromeos': (what) => [
      `설정 › 개인정보 보호 및 보안에서 ${what} 접근을 켭니다.`,
      '기기 옆에 스위치나 덮개가 있는지도 봅니다.',
      '다시 시도를 누릅니다.',
    ],
    'system-other': (what) => [
      `시스템의 개인정보 설정에서 브라우저의 ${what} 사용을 허용합니다.`,
      '다시 시도를 누릅니다.',
    ],
    'not-found': (what) => [
      `${withJosa(what, '을/를')} 꽂거나 켭니다.`,
      '노트북이라면 끄는 키나 덮개가 있는지 확인합니다.',
      '새 장치는 이 페이지가 바로 알아차립니다. 아니면 다시 시도를 누릅니다.',
    ],
    'not-found-phone': (what) => [
      `다른 앱이 ${withJosa(what, '을/를')} 잡고 있을 수 있습니다. 그 앱을 닫습니다.`,
      '그래도 안 되면 휴대폰을 다시 시작하고 시도합니다.',
    ],
    'in-use': (what) => [
      `${withJosa(what, '을/를')} 쓰는 다른 프로그램과 탭(통화, 녹화, 카메라 앱)을 닫습니다.`,
      '선으로 연결된 장치라면 뺐다가 다시 꽂습니다.',
      '다시 시도를 누릅니다.',
    ],
    'in-use-phone': (what) => [
      `전화 통화를 끝내고 ${withJosa(what, '을/를')} 쓰는 다른 앱을 닫습니다.`,
      '다시 시도를 누릅니다.',
    ],
    overconstrained: (what) => [
      `목록에서 다른 ${withJosa(what, '을/를')} 고르거나 설정에서 해상도를 낮춥니다.`,
      '다시 시도를 누릅니다.',
    ],
    insecure: () => ['이 페이지를 https 주소로 엽니다.'],
    unsupported: () => ['최신 Chrome, Edge, Firefox 또는 Safari로 이 페이지를 엽니다.'],
    'unsupported-iphone': () => ['주소를 복사해 Safari에서 엽니다.'],
    unknown: (what) => [
      `${withJosa(what, '을/를')} 뺐다가 다시 꽂거나 다른 장치를 고릅니다.`,
      '브라우저를 다시 시작하고 시도합니다.',
    ],
  },
  inApp: {
    names: {
      kakaotalk: '카카오톡',
      naver: '네이버 앱',
      line: '라인',
      instagram: '인스타그램',
      facebook: '페이스북',
      other: '다른 앱',
    },
    heading: (app) => `${app} 안에서 열린 페이지입니다`,
    text: (browser) =>
      `앱 안에서 연 페이지는 카메라와 마이크를 쓰지 못할 때가 많습니다. ${browser}에서 방을 열어 주세요.`,
    open: (browser) => `${browser}에서 열기`,
    copy: '링크 복사',
    copied: '복사됨',
    copyFailed: '복사하지 못했습니다. 위의 주소를 길게 눌러 직접 복사해 주세요.',
    byHand: (browser) => `링크를 복사해 ${browser} 주소창에 붙여 넣거나, 앱의 메뉴에서 다른 브라우저로 열어 주세요.`,
    goOn: '이 앱에서 계속하기',
    goOnText: '보고, 듣고, 채팅하는 것은 언제나 할 수 있습니다.',
  },
};
