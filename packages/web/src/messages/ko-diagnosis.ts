import type { Finding } from '@madang/client';
import type { enDiagnosis } from './en-diagnosis.js';
import { withJosa } from './with-josa.js';

const SOURCES = {
  microphone: '마이크',
  camera: '카메라',
  screen: '화면 공유',
  'screen-audio': '공유 화면의 소리',
} as const;

const device = ({ source = 'camera' }: Finding): string => SOURCES[source];
const media = ({ source = 'camera' }: Finding): string =>
  ({ microphone: '소리', camera: '영상', screen: '공유 화면', 'screen-audio': '공유 화면의 소리' })[source];
const aside = (value: unknown): string => (value === undefined || value === '' ? '' : ` (${value})`);
const percent = (share: unknown): string => `${Math.round(Number(share ?? 0) * 100)}%`;

/** What people read in Korean about a call in which something is wrong. */
export const koDiagnosis: typeof enDiagnosis = {
  diagnosis: {
    causes: {
      'insecure-page': {
        what: () => '보안 연결(HTTPS)이 아닌 페이지라서 브라우저가 카메라와 마이크를 내주지 않습니다.',
        remedy: () => 'https://로 시작하는 주소로 열어 주세요.',
      },
      'permission-denied': {
        what: (finding) =>
          `이 페이지에서 ${withJosa(device(finding), '을/를')} 쓰지 못하도록 브라우저에 설정되어 있습니다.`,
        remedy: () => '주소 왼쪽의 아이콘을 눌러 허용한 뒤 다시 시도해 주세요.',
      },
      'permission-blocked-by-policy': {
        what: (finding) => `이 통화를 담고 있는 페이지가 ${device(finding)} 사용을 허락하지 않습니다.`,
        remedy: () => '통화를 새 탭에서 열거나, 그 페이지에서 카메라와 마이크를 허용하도록 해 주세요.',
      },
      'permission-blocked-by-system': {
        what: (finding) => `운영체제가 브라우저의 ${device(finding)} 사용을 막고 있습니다.`,
        remedy: () => '시스템의 개인정보 보호 설정에서 브라우저를 허용한 뒤 브라우저를 다시 시작해 주세요.',
      },
      'no-device': {
        what: (finding) => `${withJosa(device(finding), '을/를')} 찾지 못했습니다.`,
        remedy: () => '연결하거나 켜 주세요. 없이 계속할 수도 있습니다.',
      },
      'device-in-use': {
        what: (finding) =>
          `${withJosa(device(finding), '을/를')} 시작하지 못했습니다. 다른 프로그램이 쓰고 있는 것 같습니다.`,
        remedy: () => '그 장치를 쓰는 다른 프로그램과 탭을 닫고 다시 시도해 주세요.',
      },
      'constraints-unmet': {
        what: (finding) => `요청한 조건에 맞는 ${withJosa(device(finding), '이/가')} 없습니다.`,
        remedy: () => '설정에서 다른 장치나 더 낮은 화질을 골라 주세요.',
      },
      'device-unplugged': {
        what: (finding) =>
          `${device(finding)}${aside(finding.evidence.device)} 연결이 끊겼습니다. 장치가 뽑혔거나 꺼진 것 같습니다.`,
        remedy: () => '다시 연결하거나 다른 장치를 골라 주세요.',
      },
      'microphone-muted-by-system': {
        what: (finding) =>
          `마이크${aside(finding.evidence.device)} 소리가 이 페이지 밖에서 꺼져 있어 다른 사람에게 들리지 않습니다.`,
        remedy: () => '장치나 키보드의 음소거 스위치와 시스템 소리 설정을 확인해 주세요.',
      },
      'microphone-silent': {
        what: (finding) => `마이크${aside(finding.evidence.device)}는 켜져 있지만 아무 소리도 들어오지 않습니다.`,
        remedy: () => '시스템 소리 설정에서 입력 음량을 올리거나 다른 마이크를 골라 주세요.',
      },
      'camera-frozen': {
        what: (finding) => `카메라${aside(finding.evidence.device)}는 켜져 있지만 새 화면이 나오지 않습니다.`,
        remedy: () => '렌즈 덮개를 열고, 카메라를 쓰는 다른 프로그램을 닫거나, 카메라를 껐다 켜 주세요.',
      },
      offline: {
        what: () => '컴퓨터가 네트워크에 연결되어 있지 않습니다.',
        remedy: () => '와이파이나 케이블을 확인해 주세요. 네트워크가 돌아오면 통화는 저절로 이어집니다.',
      },
      'server-unreachable': {
        what: (finding) => `서버가 응답하지 않습니다 (${finding.evidence.attempts ?? 0}번 시도).`,
        remedy: () =>
          '페이지가 계속 다시 시도합니다. 다른 사람은 괜찮다면 내 네트워크나 VPN을, 아니라면 서버를 확인해 주세요.',
      },
      'server-refused': {
        what: (finding) => `서버가 입장을 받아 주지 않습니다${aside(finding.evidence.code)}.`,
        remedy: () => '페이지를 새로 고쳐 주세요. 그래도 안 되면 서버 운영자에게 알려 주세요.',
      },
      'websocket-blocked': {
        what: () => '서버까지 웹소켓이 통하지 않아 더 느린 방법으로 연결되어 있습니다.',
        remedy: () => '프록시나 방화벽이 막고 있습니다. 관리자에게 웹소켓을 통과시켜 달라고 해 주세요.',
      },
      'other-signaling-away': {
        what: (_finding, name) => `${name} 님이 서버와 연결이 끊겨 통화를 시작할 수 없습니다.`,
        remedy: () => '잠시 기다려 주세요. 연결이 돌아오는 대로 통화가 시작됩니다.',
      },
      'connection-refused': {
        what: (finding, name) =>
          finding.severity === 'blocks'
            ? `브라우저가 ${name} 님과의 연결을 만들지 못했습니다${aside(finding.evidence.message)}.`
            : `브라우저가 STUN 또는 TURN 서버 주소${aside(finding.evidence.url)}를 받아들이지 않아 그 서버 없이 통화합니다.`,
        remedy: (finding) =>
          finding.severity === 'blocks'
            ? '페이지를 새로 고치거나, 다른 통화를 닫거나, 다른 브라우저를 써 주세요.'
            : '서버 운영자가 주소를 바로잡아야 합니다.',
      },
      'media-server-away': {
        what: () => '서버에서 소리와 영상을 나르는 부분이 멈췄거나 없습니다.',
        remedy: () =>
          '다시 시작되는 대로 통화가 저절로 이어집니다. 오래 계속되면 서버 운영자가 로그에서 까닭을 찾을 수 있습니다.',
      },
      'no-answer': {
        what: (finding, name) =>
          finding.step === 'offer'
            ? `${name} 님에게서 통화 제안이 오지 않습니다.`
            : `${name} 님이 통화 제안에 응답하지 않습니다.`,
        remedy: (_finding, name) => `${name} 님이 페이지를 새로 고쳐야 합니다.`,
      },
      'description-refused': {
        what: (finding, name) =>
          `${name} 님과 주고받은 통화 조건을 브라우저가 쓰지 못합니다${aside(finding.evidence.message)}.`,
        remedy: () => '두 사람 모두 페이지를 새로 고쳐 주세요. 그래도 안 되면 브라우저를 업데이트해 주세요.',
      },
      'description-refused-by-other': {
        what: (_finding, name) => `나와 주고받은 통화 조건을 ${name} 님의 브라우저가 쓰지 못합니다.`,
        remedy: () => '두 사람 모두 페이지를 새로 고쳐 주세요. 그래도 안 되면 브라우저를 업데이트해 주세요.',
      },
      'no-common-codec': {
        what: (finding, name) => `내 브라우저와 ${name} 님의 브라우저에 공통된 ${media(finding)} 형식이 없습니다.`,
        remedy: () => '둘 중 한 사람이 다른 브라우저나 새 버전을 써야 합니다.',
      },
      'stun-unreachable': {
        what: (finding) => `STUN 서버${aside(finding.evidence.url)}가 응답하지 않아 내 공인 주소를 알 수 없습니다.`,
        remedy: () => '서버 주소가 맞는지, 방화벽이 그 서버로 가는 UDP를 허용하는지 확인해 주세요.',
      },
      'turn-unreachable': {
        what: (finding) => `TURN 서버${aside(finding.evidence.url)}에 닿지 않아 통화가 돌아갈 길이 없습니다.`,
        remedy: () =>
          '주소와 포트, 서버가 켜져 있는지 확인해 주세요. 방화벽이 있다면 TCP 443번 포트의 turns:가 필요할 수 있습니다.',
      },
      'turn-unauthorized': {
        what: (finding) =>
          `TURN 서버${aside(finding.evidence.url)}가 접속을 거절했습니다 (코드 ${finding.evidence.code ?? '?'}).`,
        remedy: () => '사용자 이름이나 암호가 틀렸거나 만료되었습니다. 서버 운영자가 새로 발급해야 합니다.',
      },
      'turn-quota': {
        what: (finding) =>
          `TURN 서버${aside(finding.evidence.url)}가 중계를 더 주지 않습니다. 한 사람이 쓸 수 있는 만큼 이미 쓰고 있습니다 (${finding.evidence.code ?? 486}).`,
        remedy: () =>
          '통화 중인 다른 탭을 닫아 주세요. 남은 것은 몇 분 안에 끝납니다. 서버 운영자가 한도를 늘릴 수도 있습니다.',
      },
      'turn-full': {
        what: (finding) =>
          `TURN 서버${aside(finding.evidence.url)}에 중계를 더 줄 자리가 없습니다 (${finding.evidence.code ?? 508}).`,
        remedy: () => '잠시 뒤에 다시 해 보세요. 서버 운영자가 중계 수나 포트 범위를 늘릴 수 있습니다.',
      },
      'no-candidates': {
        what: () => '브라우저가 연결에 쓸 주소를 하나도 내놓지 않았습니다.',
        remedy: () => '주소를 숨기는 확장 프로그램이나 VPN 규칙(“WebRTC 유출” 방지)을 끄고 새로 고쳐 주세요.',
      },
      'no-candidates-from-other': {
        what: (_finding, name) => `${name} 님에게 닿을 수 있는 주소를 하나도 받지 못했습니다.`,
        remedy: (_finding, name) => `${name} 님이 주소를 숨기는 확장 프로그램을 끄고 페이지를 새로 고쳐야 합니다.`,
      },
      'hidden-addresses': {
        what: (_finding, name) =>
          `${name} 님에게 가는 길이 없습니다. 브라우저가 주소를 찾을 수 없는 이름 뒤에 숨기고 있습니다.`,
        remedy: () => '양쪽에서 마이크나 카메라를 허용하면 주소가 드러납니다. STUN이나 TURN 서버를 두어도 됩니다.',
      },
      'only-local-addresses': {
        what: (_finding, name) =>
          `${name} 님에게 가는 길이 없습니다. 양쪽 모두 자기 네트워크 안의 주소만 내놓았습니다.`,
        remedy: () => '같은 네트워크에 접속하거나, 서버 운영자가 중계(TURN) 서버를 마련해야 합니다.',
      },
      'relay-refuses-other': {
        what: (_finding, name) =>
          `${name} 님에게 가는 길이 없습니다. 내 중계(TURN) 서버가 그 주소로는 아무것도 전하지 않습니다.`,
        remedy: () =>
          '대개 사설 네트워크의 주소라서 그렇습니다. 상대편도 중계를 쓰거나, 서버가 그 주소를 상대로 허용해야 합니다.',
      },
      'checks-unanswered': {
        what: (_finding, name) => `${name} 님에게 가는 길이 없습니다. 상대 주소로 보낸 확인에 아무 응답이 없습니다.`,
        remedy: () => '방화벽이 패킷(UDP)을 버리고 있습니다. 다른 네트워크나 TCP·TLS 중계(TURN)를 써 보세요.',
      },
      'path-lost': {
        what: (_finding, name) => `${name} 님에게 가는 길이 끊겼습니다.`,
        remedy: () => '새 길을 저절로 찾고 있습니다. 오래 걸리면 양쪽 네트워크를 확인해 주세요.',
      },
      'dtls-failed': {
        what: (_finding, name) => `${name} 님에게 가는 길은 있지만 암호화를 맞추지 못했습니다.`,
        remedy: () => '양쪽에서 페이지를 새로 고쳐 주세요. 계속되면 방화벽이나 오래된 브라우저가 원인입니다.',
      },
      'sound-blocked': {
        what: (_finding, name) => `한 번 누를 때까지 브라우저가 ${name} 님의 소리를 막고 있습니다.`,
        remedy: () => '페이지 아무 곳이나 눌러 주세요.',
      },
      'other-muted-by-system': {
        what: (finding, name) =>
          `${name} 님의 ${withJosa(device(finding), '이/가')} 시스템이나 장치의 스위치로 막혀 있습니다.`,
        remedy: (finding, name) => `${name} 님이 ${device(finding)}의 스위치와 시스템 설정을 확인해야 합니다.`,
      },
      'other-silent': {
        what: (_finding, name) => `${name} 님의 마이크는 켜져 있지만 아무 소리도 들어오지 않습니다.`,
        remedy: (_finding, name) => `${name} 님이 입력 음량을 올리거나 다른 마이크를 골라야 합니다.`,
      },
      'other-without-device': {
        what: (finding, name) => `${name} 님의 브라우저가 ${withJosa(device(finding), '을/를')} 열지 못했습니다.`,
        remedy: (_finding, name) => `${name} 님 쪽의 연결 정보에서 이유를 볼 수 있습니다.`,
      },
      'sender-stalled': {
        what: (finding, name) =>
          finding.evidence.side === 'other'
            ? `${name} 님의 ${withJosa(device(finding), '은/는')} 켜져 있지만 그쪽 브라우저가 ${withJosa(media(finding), '을/를')} 보내지 않습니다.`
            : `내 ${withJosa(device(finding), '은/는')} 켜져 있지만 ${name} 님에게 아무것도 나가지 않습니다.`,
        remedy: (finding, name) =>
          finding.evidence.side === 'other'
            ? `${name} 님이 ${withJosa(device(finding), '을/를')} 껐다 켜거나 페이지를 새로 고쳐야 합니다.`
            : `${withJosa(device(finding), '을/를')} 껐다 켜거나 페이지를 새로 고쳐 주세요.`,
      },
      'media-dropped': {
        what: (finding, name) =>
          `${name} 님이 ${withJosa(media(finding), '을/를')} 보내고 있지만 여기에 도착하지 않습니다.`,
        remedy: () => '중간에서 버려지고 있습니다. 새로 고쳐 보고, 계속되면 다른 네트워크나 중계(TURN)를 써 보세요.',
      },
      'encryption-locked': {
        what: (_finding, name) => `${name} 님의 소리와 영상이 이 페이지의 열쇠와 다른 열쇠로 암호화되어 있습니다.`,
        remedy: () => '# 뒤까지 링크 전체를 열어 주세요. 열쇠가 같은 사람은 자물쇠에 같은 숫자가 보입니다.',
      },
      'not-decoded': {
        what: (finding, name) =>
          `${name} 님의 ${withJosa(media(finding), '이/가')} 도착하지만 풀 수 없습니다${aside(finding.evidence.codec)}.`,
        remedy: () => '페이지를 새로 고쳐 주세요. 계속되면 둘 중 한 사람이 다른 브라우저를 써야 합니다.',
      },
      'not-rendered': {
        what: (finding, name) =>
          `${name} 님의 ${withJosa(media(finding), '이/가')} 도착했지만 페이지가 재생하지 않습니다.`,
        remedy: () => '페이지를 누르거나 새로 고쳐 주세요.',
      },
      'thin-line': {
        what: (finding, name) =>
          `${name} 님에게 가는 회선이 내 영상을 보내기에 좁아${
            finding.evidence.bps === undefined ? '' : ` (약 ${Math.round(Number(finding.evidence.bps) / 1000)}kb/s)`
          } 화질을 낮추었습니다.`,
        remedy: () => '내려받기를 멈추거나, 공유기 가까이로 가거나, 카메라를 꺼서 소리를 살려 주세요.',
      },
      'packet-loss': {
        what: (finding, name) =>
          finding.evidence.direction === 'sent'
            ? `${name} 님에게 보내는 것의 ${percent(finding.evidence.share)}가 중간에 사라집니다.`
            : `${name} 님이 보내는 것의 ${percent(finding.evidence.share)}가 중간에 사라집니다.`,
        remedy: () => '케이블이나 더 나은 와이파이를 쓰고, 회선을 쓰는 다른 일을 멈춰 주세요.',
      },
      'long-delay': {
        what: (finding, name) =>
          `${name} 님에게 갔다 오는 데 ${Math.round(Number(finding.evidence.roundTripMs ?? 0))}ms가 걸려 말이 서로 겹치게 됩니다.`,
        remedy: () => '회선을 쓰는 다른 일을 멈추거나 VPN을 꺼 주세요. 멀리 있는 중계 서버 때문일 수도 있습니다.',
      },
      'slow-computer': {
        what: () => '컴퓨터가 보낼 영상을 감당하지 못해 화질을 낮추었습니다.',
        remedy: () => '다른 프로그램과 탭을 닫거나, 효과를 끄거나, 더 낮은 화질을 골라 주세요.',
      },
    },
  },
};
