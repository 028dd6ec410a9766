import type { enDataErrors } from './en-files.js';

/** What the SDK refuses data and files with, in Korean. */
export const koDataErrors: typeof enDataErrors = {
  no_data_channel: '지금은 그 사람과 직접 연결되어 있지 않습니다.',
  data_too_large: '상대가 한 번에 받을 수 있는 크기를 넘었습니다.',
  data_not_sendable: '읽거나 보낼 수 없는 내용입니다.',
  member_left: '그 사람이 이미 나갔습니다.',
  too_many_transfers: '그 사람과 주고받는 파일이 너무 많습니다. 하나가 끝난 뒤에 다시 해 주세요.',
};
