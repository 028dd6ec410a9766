import { offerText, RECORDED } from '../../packages/engine/test/recorded-offer.js';

const MOST_SECTIONS = 2;
const MOST_FORMATS = 2;

/** The recorded offers with fewer codecs, extensions and candidates, so that more inputs fit into a second. */
export function shortOffers(): string[] {
  return RECORDED.map((name) => shortened(offerText(name)));
}

function shortened(text: string): string {
  const [session, ...sections] = text.trimEnd().split(/\r\n(?=m=)/);
  const kept = sections.slice(0, MOST_SECTIONS).map(shortSection);
  const mids = kept.flatMap((section) => /^a=mid:(.*)$/m.exec(section)?.[1] ?? []);
  return [session!.replace(/^a=group:BUNDLE.*$/m, `a=group:BUNDLE ${mids.join(' ')}`), ...kept].join('\r\n');
}

function shortSection(section: string): string {
  const [media, ...lines] = section.split('\r\n');
  const words = media!.split(' ');
  const formats = new Set(words.slice(3, 3 + MOST_FORMATS));
  let extensions = 0;
  let candidates = 0;
  const kept = lines.filter((line) => {
    if (line.startsWith('a=extmap:')) return extensions++ < 2;
    if (line.startsWith('a=candidate:')) return candidates++ < 1;
    const format = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line)?.[1];
    return format === undefined || formats.has(format);
  });
  return [[...words.slice(0, 3), ...formats].join(' '), ...kept].join('\r\n');
}
