import type { Language } from '../messages/index.js';

const WORDS: Record<Language, { first: string; second: string }> = {
  en: {
    first:
      'amber autumn brisk bright calm clear cosy early easy fair fresh gentle glad golden green happy honest kind lively ' +
      'lucky mellow merry mild misty noble open patient plain polite proud quiet rosy silver soft sunny warm',
    second:
      'acorn arbor bamboo bench birch brook candle cedar clover cloud crane fern garden gate hill juniper kettle lantern ' +
      'lotus magpie maple meadow moon orchard pebble persimmon pine plum pond porch river sparrow stone terrace tile willow',
  },
  ko: {
    first:
      '맑은 고운 푸른 너른 포근한 따뜻한 반가운 정다운 환한 즐거운 고요한 다정한 느긋한 싱그런 밝은 아늑한 산뜻한 상냥한 ' +
      '단단한 소박한 향긋한 은은한 시원한 잔잔한 슬기론 살가운 넉넉한 부드런 새하얀 샛노란',
    second:
      '마당 대청 툇마루 사랑방 장독대 우물 담장 처마 기와 대문 감나무 소나무 단풍 매화 국화 연못 징검돌 까치 참새 달빛 ' +
      '햇살 구름 바람 이슬 오솔길 언덕 시냇물 등불 평상 돌담',
  },
};

/** Without characters that are taken for one another. */
const TAIL_CHARACTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const TAIL_LENGTH = 5;

/**
 * A name that can be read out over the phone and not guessed: two words and five random characters, about 35 bits.
 * Whoever knows a room's name can enter it.
 */
export function inventRoomName(language: Language): string {
  const { first, second } = WORDS[language];
  const tail = Array.from({ length: TAIL_LENGTH }, () => oneOf([...TAIL_CHARACTERS])).join('');
  return [oneOf(first.split(' ')), oneOf(second.split(' ')), tail].join('-');
}

function oneOf<T>(choices: readonly T[]): T {
  const random = crypto.getRandomValues(new Uint32Array(1))[0]!;
  return choices[random % choices.length]!;
}
