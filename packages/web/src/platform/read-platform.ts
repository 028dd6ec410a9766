export type Browser = 'chrome' | 'edge' | 'samsung' | 'firefox' | 'safari' | 'whale' | 'other';
export type System = 'windows' | 'macos' | 'android' | 'ios' | 'linux' | 'chromeos' | 'other';
/** A browser inside another program, which often has no way to camera and microphone. */
export type InApp = 'kakaotalk' | 'naver' | 'line' | 'instagram' | 'facebook' | 'other';

export interface Platform {
  readonly browser: Browser;
  readonly system: System;
  /** Null in a browser of its own. */
  readonly inApp: InApp | null;
}

/** What the browser says of itself. */
export interface PlatformHints {
  readonly userAgent: string;
  /** `navigator.userAgentData`, where there is one. */
  readonly brands?: readonly { readonly brand: string }[];
  readonly platform?: string;
  /** Tells an iPad, which calls itself a Mac, from one: Macs have no touch screen. */
  readonly maxTouchPoints?: number;
}

/** Names that stand in a user agent; the first that fits. Those built on Chrome name Chrome too, so they come before. */
const BROWSERS: readonly (readonly [RegExp, Browser])[] = [
  [/SamsungBrowser\//, 'samsung'],
  [/Whale\//, 'whale'],
  [/Edg(?:e|A|iOS)?\//, 'edge'],
  [/(?:Firefox|FxiOS)\//, 'firefox'],
  [/(?:OPR|Opera|YaBrowser|Vivaldi)\//, 'other'],
  [/(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, 'chrome'],
  [/Version\/[\d.]+ .*Safari\//, 'safari'],
];

const BRANDS: readonly (readonly [RegExp, Browser])[] = [
  [/^Samsung Internet$/, 'samsung'],
  [/^Whale$/, 'whale'],
  [/^Microsoft Edge$/, 'edge'],
  [/^Opera/, 'other'],
  [/^(?:Google Chrome|Chromium)$/, 'chrome'],
];

const SYSTEMS: readonly (readonly [RegExp, System])[] = [
  [/Windows/, 'windows'],
  [/Android/, 'android'],
  [/iPhone|iPad|iPod/, 'ios'],
  [/CrOS|Chrome OS|ChromeOS/, 'chromeos'],
  [/Mac OS X|Macintosh|macOS/, 'macos'],
  [/Linux|X11/, 'linux'],
];

const IN_APPS: readonly (readonly [RegExp, InApp])[] = [
  [/KAKAOTALK/i, 'kakaotalk'],
  [/NAVER\(inapp/i, 'naver'],
  [/\bLine\/\d/i, 'line'],
  [/Instagram/, 'instagram'],
  [/FBAN|FBAV|FB_IAB|MessengerForiOS/, 'facebook'],
  // Android's own word for a page inside an app; on iOS, WebKit without Safari's name.
  [/; wv\)|DaumApps|everytimeApp|BAND\/|MicroMessenger|TikTok|musical_ly|Snapchat|Twitter for/, 'other'],
  [/^Mozilla\/5\.0 \((?:iPhone|iPad)(?!.*(?:Safari|CriOS|FxiOS|EdgiOS)\/).*AppleWebKit/, 'other'],
];

const first = <T>(rows: readonly (readonly [RegExp, T])[], text: string): T | undefined =>
  rows.find(([pattern]) => pattern.test(text))?.[1];

/** Which browser on which system, as far as they say. Only for words and links: nothing is switched off by it. */
export function readPlatform({ userAgent, brands = [], platform = '', maxTouchPoints = 0 }: PlatformHints): Platform {
  const named = BRANDS.find(([pattern]) => brands.some(({ brand }) => pattern.test(brand)))?.[1];
  const system = first(SYSTEMS, platform) ?? first(SYSTEMS, userAgent) ?? 'other';
  return {
    browser: named ?? first(BROWSERS, userAgent) ?? 'other',
    system: system === 'macos' && maxTouchPoints > 1 ? 'ios' : system,
    inApp: first(IN_APPS, userAgent) ?? null,
  };
}

interface HintingNavigator extends Navigator {
  readonly userAgentData?: { readonly brands: readonly { readonly brand: string }[]; readonly platform: string };
}

let known: Platform | undefined;

/** The platform of this page. */
export function thisPlatform(): Platform {
  const { userAgent, maxTouchPoints, userAgentData } = navigator as HintingNavigator;
  known ??= readPlatform({
    userAgent,
    maxTouchPoints,
    ...(userAgentData === undefined ? {} : { brands: userAgentData.brands, platform: userAgentData.platform }),
  });
  return known;
}
