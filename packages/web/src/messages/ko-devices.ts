import type { enDevices } from './en-devices.js';

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
};
