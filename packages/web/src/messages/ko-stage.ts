import type { enStage } from './en-stage.js';

/** The same in Korean. */
export const koStage: typeof enStage = {
  stage: {
    pages: '사람들 페이지',
    page: (page, pages) => `${pages}쪽 가운데 ${page}쪽`,
    previous: '이전 페이지',
    next: '다음 페이지',
    layout: '배치',
    layouts: {
      auto: { label: '자동', hint: '모두 같은 크기로, 공유한 화면이나 고정한 사람은 크게 보입니다.' },
      tiles: { label: '바둑판', hint: '언제나 모두 같은 크기로 보입니다.' },
      speaker: { label: '말하는 사람', hint: '말하는 사람이 크게, 다른 사람은 옆에 작게 보입니다.' },
    },
    spotlight: '모두에게 크게 보이기',
    endSpotlight: '모두에게 크게 보이기 끝내기',
    spotlit: '모두에게 크게 보이는 중',
    nowSpotlit: (name) => `진행자가 ${name} 님을 모두에게 크게 보이게 했습니다`,
    youSpotlit: '진행자가 나를 모두에게 크게 보이게 했습니다',
    yourScreen: '다른 사람에게 보이는 내 화면',
  },
};
