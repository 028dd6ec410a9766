import type { enQuality } from './en-quality.js';

/** The same in Korean. */
export const koQuality: typeof enQuality = {
  quality: {
    connection: {
      excellent: '연결 상태: 아주 좋음',
      good: '연결 상태: 좋음',
      poor: '연결 상태: 나쁨',
    },
    about: '왜 이렇게 보이나요?',
    heading: (name) => `${name} 님의 화면`,
    nothing: '지금은 화면이 오지 않습니다.',
    comes: (width, height, perSecond) => `${width} × ${height}, 1초에 ${perSecond}장`,
    bitrate: (kbps) => `초당 ${kbps} kbit`,
    own: '다른 사람에게는 가장 좋을 때 이렇게 보입니다.',
    straight: '상대에게서 바로 옵니다. 얼마나 선명할지는 상대의 브라우저가 정합니다.',
    layer: (layer) => `보내는 화질 가운데 ${layer}번째`,
    paused: {
      bandwidth: '멈춤: 내 회선이 너무 느립니다',
      'audio-only': '설정에서 화면을 받지 않기로 했습니다',
      other: '멈춤',
    },
    lowered: {
      wish: '설정에 따라 덜 선명합니다',
      bandwidth: '덜 선명함: 내 회선이 느립니다',
      cpu: '덜 선명함: 상대의 컴퓨터가 바쁩니다',
      publisher: '덜 선명함: 더 좋은 화면을 보내지 않습니다',
    },
    reason: {
      full: '보내는 그대로 가장 좋은 화면입니다.',
      size: '이 크기에서는 더 좋은 화면을 받아도 달라 보이지 않습니다.',
      wish: '작은 화면만 받기로 했습니다.',
      bandwidth: '지금은 내 회선으로 더 많이 받을 수 없습니다. 소리가 먼저입니다.',
      publisher: '더 좋은 화면을 보내지 않습니다. 상대의 카메라나 설정, 회선이 거기까지입니다.',
      cpu: '상대의 컴퓨터가 바빠서 더 좋은 화면을 만들지 못합니다.',
      paused: '지금은 오지 않습니다. 여기서 보이지 않거나, 소리만 받기로 했거나, 상대가 꺼 두었습니다.',
    },
    remedy: {
      size: '고정하면 더 큰 화면이 옵니다.',
      wish: '설정의 ‘받기’에서 ‘모두’를 선택해 주세요.',
      bandwidth: '회선을 쓰는 다른 프로그램을 끄거나, 와이파이에 더 가까이 가거나, 작은 화면만 받아 보세요.',
      publisher: '상대에게 더 높은 해상도를 고를 수 있는지 물어보세요.',
      cpu: '상대가 다른 프로그램을 닫거나 효과를 끄면 나아집니다.',
    },
  },
  reception: {
    heading: '받기',
    note: '통화가 서버를 거칠 때 쓰입니다. 둘이서만 있을 때는 모두 받습니다.',
    choices: {
      everything: { label: '모두', hint: '칸의 크기와 회선이 허락하는 만큼 선명하게 받습니다.' },
      low: { label: '작은 화면', hint: '데이터를 아낍니다. 모든 화면을 가장 낮은 화질로 받습니다.' },
      'audio-only': { label: '소리만', hint: '가장 많이 아낍니다. 공유한 화면까지 다른 사람의 화면을 받지 않습니다.' },
    },
  },
};
