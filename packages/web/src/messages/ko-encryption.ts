import type { enEncryption, enEncryptionErrors } from './en-encryption.js';

/** What people read in Korean about encryption from end to end. */
export const koEncryption: typeof enEncryption = {
  encryption: {
    newRoom: '암호화된 새 방',
    newRoomNote: '서버도 읽을 수 없는 소리와 화면입니다. 열쇠는 링크 안에만 들어 있습니다.',
    door: '이 통화는 종단간 암호화됩니다. 열쇠는 링크 안에 있고 서버로 보내지지 않습니다.',
    lock: (code) => `종단간 암호화됨. 확인 번호: ${code}`,
    heading: '종단간 암호화',
    text: '소리와 화면, 화면 공유가 브라우저에서 브라우저까지 암호화됩니다. 서버는 읽을 수 없는 것을 전달할 뿐입니다.',
    code: '확인 번호',
    compare: '다른 사람들에게 읽어 주세요. 번호가 같으면 열쇠가 같습니다.',
    chat: '채팅과 이름, 파일은 여기에 들지 않습니다. 채팅은 서버를 거치며 서버가 읽을 수 있습니다.',
    locked: '암호화됨: 열쇠가 없거나 다릅니다',
    lockedText: '받은 링크를 # 뒤까지 모두 다시 열어 주세요.',
    invite: '링크에 열쇠가 들어 있습니다. 초대할 사람에게만 보내 주세요.',
  },
};

/** What the refusals of encrypted rooms say in Korean. */
export const koEncryptionErrors: typeof enEncryptionErrors = {
  room_encrypted: '이 방은 종단간 암호화되어 있습니다. 받은 링크를 # 뒤까지 모두 열어 주세요.',
  room_not_encrypted:
    '받은 링크는 암호화된 방의 것인데, 같은 이름의 방이 암호화 없이 열려 있습니다. 아무것도 보내지 않았습니다. 새 방을 여세요.',
  encryption_unsupported:
    '이 브라우저는 소리와 화면을 암호화할 수 없어 들어가지 않았습니다. 최신 Chrome, Edge, Firefox, Safari를 쓰세요.',
};
