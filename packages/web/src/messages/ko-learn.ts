import type { enLearn } from './en-learn.js';

/** The same in Korean. */
export const koLearn: typeof enLearn = {
  learn: { link: '통화는 어떻게 이루어질까요? 여기서 다섯 단계로 배워 보세요' },
};
