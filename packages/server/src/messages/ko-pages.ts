import type { enPages } from './en-pages.js';

/** The same in Korean. */
export const koPages: typeof enPages = {
  notFoundTitle: '찾을 수 없음',
  notFound: '이 주소에는 아무것도 없습니다',
  internalTitle: '서버 오류',
  internal: '서버가 실수했습니다',
  internalAdvice: '다시 시도해 주세요. 운영자는 로그에서 원인을 찾을 수 있습니다.',
  noWebAppTitle: '빌드되지 않음',
  noWebApp: '웹 앱이 빌드되지 않았습니다',
  noWebAppAdvice: '실행하세요: npm run build',
};
