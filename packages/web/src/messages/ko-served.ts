import type { enServed } from './en-served.js';

/** The same in Korean. */
export const koServed: typeof enServed = {
  served: {
    heading: '미디어 서버를 거치는 길',
    publish: '미디어 서버(보내기)',
    subscribe: '미디어 서버(받기)',
    moves: '통화의 길이 바뀐 순서',
    moved: {
      sfu: (elapsed) => `${elapsed}에 서로 바로 가던 길에서 미디어 서버로 옮겼습니다.`,
      p2p: (elapsed) => `${elapsed}에 미디어 서버에서 서로 바로 가는 길로 옮겼습니다.`,
    },
    underway: '옮기는 중입니다.',
    opened: (took) => `${took} 뒤에 새 길이 이어졌습니다.`,
    arrived: (took) => `${took} 뒤에 모두 새 길로 왔습니다.`,
    done: (took) => `${took} 뒤에 예전 길을 닫았습니다.`,
    interruptions: {
      heading: '통화가 끊긴 까닭',
      why: {
        thread: (elapsed) => `${elapsed}에 통화를 나르던 서버 부분이 멈춰 다시 시작되었습니다.`,
        'hung-up': (elapsed, name) => `${elapsed}에 ${name} 쪽에서 연결을 끊었습니다.`,
        asleep: (elapsed) => `${elapsed}에 이 컴퓨터가 잠들었습니다.`,
        offline: (elapsed) => `${elapsed}에 이 컴퓨터의 네트워크가 끊겼습니다.`,
        moved: (elapsed) => `${elapsed}에 이 컴퓨터가 다른 네트워크로 옮겨 갔습니다.`,
        line: (elapsed, name) => `${elapsed}부터 ${name} 쪽과 아무것도 오가지 못했습니다.`,
        signaling: (elapsed) => `${elapsed}에 서버와 연결이 끊겼습니다.`,
      },
      back: (took) => `${took} 만에 다시 이어졌습니다.`,
      lasts: '아직 돌아오지 않았습니다.',
      over: '다시 이어지지 않았습니다.',
    },
    stream: '스트림',
    up: '서버로 가는 길',
    down: '서버에서 오는 길',
    untold: '아직 알려지지 않음',
    sends: {
      off: '보내지 않음',
      unconnected: '연결되지 않았다고 상대가 알림',
      stalled: '아무것도 나가지 않는다고 상대가 알림',
      sending: '보낸다고 상대가 알림',
    },
    wanted: (sent, all) => `화질 ${all}개 가운데 ${sent}개를 받는 사람이 있음`,
    played: (played, told) => `${told}명 가운데 ${played}명이 듣거나 봄`,
    layer: (layer) => `화질 ${layer}`,
    nothing: '보내지 않음',
    loss: (percent) => `손실 ${percent} %`,
    roundTrip: (ms) => `왕복 ${ms} ms`,
    line: (kbps, queueMs, percent) =>
      `서버가 보는 이쪽 회선은 ${kbps} kbit/s이고, 패킷은 대기열에서 ${queueMs} ms 기다렸으며 ${percent} %가 사라졌습니다.`,
    reason: {
      full: '가장 좋은 화질',
      size: '여기 크기에 맞는 화질',
      wish: '고른 대로',
      bandwidth: '내 회선으로는 여기까지',
      publisher: '상대가 더 좋은 화질을 보내지 않음',
      cpu: '상대의 컴퓨터가 더 좋은 화질을 만들지 못함',
      paused: '멈춤',
    },
  },
};
