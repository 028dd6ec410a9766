/** The words of the trust page in one language. Steps may hold `{crt}`, the link to the certificate. */
export interface TrustText {
  readonly title: string;
  readonly why: string;
  readonly scope: string;
  readonly download: string;
  readonly compare: string;
  readonly systems: readonly { readonly name: string; readonly steps: readonly string[] }[];
  readonly remove: string;
  readonly back: string;
  readonly otherLanguage: string;
}

const english: TrustText = {
  title: 'Trust this Madang server',
  why: 'Browsers give camera and microphone only to pages with a certificate they trust. This server made its own authority when it started for the first time. Install it once on this device, and the warning goes away.',
  scope:
    'The authority can vouch for this server’s addresses and for private networks only, not for public websites. Install it only if you know who runs this server.',
  download: 'Download the authority’s certificate',
  compare: 'Its SHA-256 fingerprint. Compare it with what the server’s terminal shows:',
  systems: [
    {
      name: 'Android',
      steps: [
        'Download {crt}.',
        'Open Settings and search for “CA certificate” (Security → More security settings → Install from storage).',
        'Choose “CA certificate”, confirm with “Install anyway”, and pick the file.',
        'Reload this page over https.',
      ],
    },
    {
      name: 'iPhone and iPad',
      steps: [
        'Open this page in Safari, tap {crt} and allow the download of the profile.',
        'Open Settings → General → VPN & Device Management, choose the profile and tap Install.',
        'Open Settings → General → About → Certificate Trust Settings and switch on full trust for it.',
        'Reload this page over https.',
      ],
    },
    {
      name: 'Windows (Chrome, Edge)',
      steps: [
        'Download {crt} and open the file.',
        'Choose Install Certificate → Current User → Place all certificates in the following store → Trusted Root Certification Authorities.',
        'Confirm, then restart the browser.',
      ],
    },
    {
      name: 'macOS (Safari, Chrome)',
      steps: [
        'Download {crt} and open the file: Keychain Access takes it into the login keychain.',
        'Double-click it there, open Trust and choose “Always Trust” for SSL.',
        'Reload this page over https.',
      ],
    },
    {
      name: 'Linux (Chrome, Chromium)',
      steps: [
        'Download {crt}.',
        'Open chrome://certificate-manager, choose Local certificates → Custom → Installed by you → Import under Trusted certificates. Older versions: Settings → Privacy and security → Security → Manage certificates → Authorities → Import.',
        'Choose the file, and tick “identify websites”.',
      ],
    },
    {
      name: 'Firefox (all desktop systems)',
      steps: [
        'Download {crt}.',
        'Open Settings → Privacy & Security → Certificates → View Certificates → Authorities → Import.',
        'Choose the file, and tick “Trust this CA to identify websites”.',
      ],
    },
  ],
  remove: 'To take it back, delete “Madang local authority” in the same place.',
  back: 'To the start page',
  otherLanguage: '한국어',
};

const korean: TrustText = {
  title: '이 마당 서버를 신뢰하기',
  why: '브라우저는 신뢰하는 인증서가 있는 페이지에만 카메라와 마이크를 허용합니다. 이 서버는 처음 시작할 때 자체 인증 기관을 만들었습니다. 이 기기에 한 번만 설치하면 경고가 사라집니다.',
  scope:
    '이 인증 기관은 이 서버의 주소와 사설 네트워크만 보증할 수 있으며, 공개 웹사이트는 보증할 수 없습니다. 서버 운영자를 아는 경우에만 설치하세요.',
  download: '인증 기관의 인증서 내려받기',
  compare: 'SHA-256 지문입니다. 서버의 터미널에 나온 값과 비교하세요.',
  systems: [
    {
      name: '안드로이드',
      steps: [
        '{crt} 파일을 내려받습니다.',
        '설정에서 “CA 인증서”를 검색합니다(보안 → 기타 보안 설정 → 저장소에서 설치).',
        '“CA 인증서”를 고르고 “무시하고 설치”를 누른 다음 파일을 선택합니다.',
        '이 페이지를 https로 다시 엽니다.',
      ],
    },
    {
      name: '아이폰과 아이패드',
      steps: [
        '사파리에서 이 페이지를 열고 {crt} 파일을 눌러 프로파일 내려받기를 허용합니다.',
        '설정 → 일반 → VPN 및 기기 관리에서 프로파일을 골라 설치합니다.',
        '설정 → 일반 → 정보 → 인증서 신뢰 설정에서 이 인증서의 전체 신뢰를 켭니다.',
        '이 페이지를 https로 다시 엽니다.',
      ],
    },
    {
      name: '윈도우(크롬, 엣지)',
      steps: [
        '{crt} 파일을 내려받아 엽니다.',
        '인증서 설치 → 현재 사용자 → 모든 인증서를 다음 저장소에 저장 → 신뢰할 수 있는 루트 인증 기관을 고릅니다.',
        '확인한 다음 브라우저를 다시 시작합니다.',
      ],
    },
    {
      name: 'macOS(사파리, 크롬)',
      steps: [
        '{crt} 파일을 내려받아 엽니다. 키체인 접근의 로그인 키체인에 들어갑니다.',
        '인증서를 두 번 클릭하고 신뢰 항목에서 SSL을 “항상 신뢰”로 바꿉니다.',
        '이 페이지를 https로 다시 엽니다.',
      ],
    },
    {
      name: '리눅스(크롬, 크로미엄)',
      steps: [
        '{crt} 파일을 내려받습니다.',
        'chrome://certificate-manager를 열고 로컬 인증서 → 맞춤 → 내가 설치한 인증서 → 신뢰할 수 있는 인증서에서 가져오기를 누릅니다. 이전 버전: 설정 → 개인 정보 보호 및 보안 → 보안 → 인증서 관리 → 인증 기관 → 가져오기.',
        '파일을 고르고 “웹사이트 식별”에 표시합니다.',
      ],
    },
    {
      name: '파이어폭스(모든 데스크톱)',
      steps: [
        '{crt} 파일을 내려받습니다.',
        '설정 → 개인 정보 및 보안 → 인증서 → 인증서 보기 → 인증 기관 → 가져오기를 누릅니다.',
        '파일을 고르고 “이 인증 기관이 웹사이트를 식별하는 것을 신뢰”에 표시합니다.',
      ],
    },
  ],
  remove: '되돌리려면 같은 곳에서 “Madang local authority”를 삭제하세요.',
  back: '첫 화면으로',
  otherLanguage: 'English',
};

export const TRUST_TEXTS = { en: english, ko: korean } as const;
export type TrustLanguage = keyof typeof TRUST_TEXTS;
