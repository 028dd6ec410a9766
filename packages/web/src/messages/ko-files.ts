import type { enDataErrors, enFiles } from './en-files.js';
import { withJosa } from './with-josa.js';

/** What people read in Korean about files. */
export const koFiles: typeof enFiles = {
  files: {
    send: '파일 보내기',
    sendTo: '받을 사람',
    everyone: '모두',
    heading: '파일',
    dropForEveryone: '여기에 놓으면 방에 있는 모두에게 보냅니다',
    dropForOne: (name) => `여기에 놓으면 ${name} 님에게 보냅니다`,
    dropOnPerson: '한 사람에게만 보내려면 그 사람 위에 놓아 주세요.',
    dropAlone: '파일을 받을 사람이 아직 없습니다',
    accept: '받기',
    decline: '거절',
    cancel: '취소',
    save: '다시 저장',
    retry: '다시 보내기',
    hide: (file) => `목록에서 ${file} 지우기`,
    from: (name) => `${name} 님이 보냄`,
    to: (name) => `${name} 님에게`,
    offers: (name, file, size) => `${name} 님이 파일을 보내려고 합니다: ${file} (${size})`,
    nothingYet: '받기를 누르기 전에는 아무것도 받지 않습니다.',
    progress: (file) => `${file} 진행 상황`,
    amount: (done, all) => `${all} 중 ${done}`,
    perSecond: (rate) => `초당 ${rate}`,
    remaining: (time) => `${time} 남음`,
    seconds: (count) => `${count}초`,
    minutes: (count) => `${count}분`,
    hours: (count) => `${count}시간`,
    state: {
      offered: '상대의 답을 기다리는 중',
      accepted: '시작하는 중…',
      running: '보내고 받는 중',
      paused: '연결이 끊겨 잠시 멈췄습니다. 연결되면 스스로 이어집니다.',
      checking: '확인하는 중…',
      done: '도착했고 확인도 마쳤습니다',
      failed: '실패',
      declined: '거절됨',
      cancelled: '취소됨',
    },
    received: (name, file) => `${name} 님이 보낸 ${withJosa(file, '이/가')} 도착했습니다`,
    delivered: (name, file) => `${name} 님이 ${withJosa(file, '을/를')} 받았습니다`,
    saidNo: (name, file) => `${name} 님이 ${withJosa(file, '을/를')} 거절했습니다`,
    calledOff: (file) => `${file} 전송이 취소되었습니다`,
    tooLargeHere: (limit) =>
      `이 브라우저는 받은 파일을 메모리에 두기 때문에 ${limit}까지만 받을 수 있습니다. 더 큰 파일은 최신 Chrome, Edge, Firefox에서 받아 주세요.`,
    noFolder: '폴더는 보낼 수 없습니다. 먼저 파일 하나로 묶어 주세요.',
    failure: {
      hash_mismatch: '받은 내용이 보낸 것과 달라서 버렸습니다.',
      file_changed: '보내는 동안 파일이 바뀌었습니다.',
      unreadable: '파일을 읽지 못했습니다.',
      write_failed: '디스크에 쓰지 못했습니다.',
      out_of_space: '디스크에 남은 공간이 없습니다.',
      bad_frames: '상대가 알 수 없는 내용을 보냈습니다.',
      unknown_transfer: '상대가 이 파일을 더는 모릅니다.',
      member_left: '상대가 나갔습니다.',
      no_data_channel: '그 사람과 파일을 주고받을 연결이 없습니다.',
      forbidden: '보기만 하는 사람은 여기서 파일을 보낼 수 없습니다.',
      busy: '상대가 주고받는 파일이 너무 많습니다.',
      ended: '다 보내기 전에 통화가 끝났습니다.',
    },
  },
};

/** What the SDK refuses data and files with, in Korean. */
export const koDataErrors: typeof enDataErrors = {
  no_data_channel: '지금은 그 사람과 파일을 주고받을 연결이 없습니다.',
  data_too_large: '상대가 한 번에 받을 수 있는 크기를 넘었습니다.',
  data_not_sendable: '읽거나 보낼 수 없는 내용입니다.',
  member_left: '그 사람이 이미 나갔습니다.',
  too_many_transfers: '그 사람과 주고받는 파일이 너무 많습니다. 하나가 끝난 뒤에 다시 해 주세요.',
};
