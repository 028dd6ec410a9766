/** Controls, what turns the direction of writing, and what can't be seen: each can make a name look like another one. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;
/** What some system's paths are made of. */
const PATH = /[<>:"|?*]/g;
/** Names of devices, in Windows with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const LONGEST_BYTES = 200;

/** A name that can be shown and saved, made of one that anybody may have chosen. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(PATH, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(RESERVED, '_$&');
  return shortened(clean === '' ? 'file' : clean);
}

/** The middle gives way: beginning and extension tell most. */
function shortened(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : '';
  const stem = Array.from(name.slice(0, name.length - extension.length));
  while (new TextEncoder().encode(stem.join('') + extension).length > LONGEST_BYTES) stem.pop();
  return stem.join('').trimEnd() + extension;
}
