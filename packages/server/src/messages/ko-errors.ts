import type { enErrors } from './en-errors.js';

/**
 * The same in Korean. English comes from the protocol's catalogue, which programs of any language read and which
 * therefore has no second one. The web app has Korean sentences of its own: they speak to somebody in a call, these to
 * somebody at a terminal.
 */
export const koErrors: typeof enErrors = {
  bad_request: '메시지가 프로토콜의 형식에 맞지 않습니다.',
  unknown_event: '그런 이름의 이벤트가 없습니다.',
  message_too_large: '메시지가 64KiB보다 큽니다.',
  rate_limited: '짧은 시간에 메시지가 너무 많습니다.',
  too_many_connections: '이 주소에서 온 연결이 너무 많습니다.',
  origin_refused: '이 출처의 페이지는 접속할 수 없습니다.',
  protocol_mismatch: '클라이언트와 서버의 프로토콜 버전이 다릅니다.',
  not_joined: '이 연결은 어느 방에도 들어가 있지 않습니다.',
  already_joined: '이 연결은 이미 방에 들어가 있습니다.',
  room_full: '방이 가득 찼습니다.',
  too_many_rooms: '서버가 열 수 있는 방이 모두 찼습니다.',
  mode_unavailable: '여기서는, 또는 이 클라이언트로는 이런 방식의 방을 열 수 없습니다.',
  room_through_server:
    '이 방의 영상과 소리는 서버를 거치며, 이 클라이언트로는 참여할 수 없습니다. /watch/방이름 에서 볼 수 있습니다.',
  room_peer_to_peer: '이 방은 서버를 거치지 않고 멤버끼리 직접 주고받습니다.',
  media_unavailable: '미디어 서버에 닿을 수 없습니다.',
  media_full: '미디어 서버의 연결이 모두 찼습니다.',
  media_refused: '이 설명으로는 연결을 만들 수 없습니다.',
  media_outdated: '더 새로운 연결이나 제안이 이미 있습니다.',
  room_encrypted: '이 방은 종단간 암호화되어 있고, 이 클라이언트에는 열쇠가 없습니다.',
  room_not_encrypted: '이 방은 이미 열려 있고 종단간 암호화되어 있지 않습니다.',
  forbidden: '이 방에서 맡은 역할로는 할 수 없습니다.',
  member_not_found: '방에 그런 멤버가 없습니다.',
  resume_expired: '세션을 더 이어 갈 수 없습니다.',
  membership_ended: '방에 있던 자리가 끝났습니다.',
  shutting_down: '서버가 멈추는 중이라 새 멤버를 받지 않습니다.',
  not_found: '이 주소에는 아무것도 없습니다.',
  internal: '서버가 실수했습니다.',
  not_connected: '서버와 연결되어 있지 않습니다.',
  aborted: '시도를 취소했습니다.',
  timeout: '서버가 제때 답하지 않았습니다.',
};
