// What is sent for a picture and a sound: a keyframe of VP8 in one packet (RFC 7741 §4.2, RFC 6386 §9.1: 640 by 480), and
// Opus that says nothing.

const PICTURE_BYTES = 900;
const SOUND_BYTES = 80;

const VP8_KEYFRAME = [0x90, 0x80, 0x80, 0x00, 0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01];

export const PICTURE = Buffer.alloc(PICTURE_BYTES);
PICTURE.set(VP8_KEYFRAME);

export const SOUND = Buffer.alloc(SOUND_BYTES);
SOUND[0] = 0x78;
