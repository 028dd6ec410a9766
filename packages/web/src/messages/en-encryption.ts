/** What people read in English about encryption from end to end. */
export const enEncryption = {
  encryption: {
    newRoom: 'New encrypted room',
    newRoomNote: 'Sound and picture that not even the server can read. The key travels in the link alone.',
    door: 'This call is encrypted end to end. The key is in the link and never reaches the server.',
    lock: (code: string) => `Encrypted end to end. Code: ${code}`,
    heading: 'Encrypted end to end',
    text: 'Sound, picture and shared screens are encrypted from browser to browser. The server passes on what it can’t read.',
    code: 'Code to compare',
    compare: 'Read it to the others. Whoever has the same code has the same key.',
    chat: 'Chat, names and files are not part of it: the chat goes through the server, which can read it.',
    locked: 'Encrypted: the key is missing or another one',
    lockedText: 'Open the link again as it was sent, with everything behind the #.',
    invite: 'The link holds the key: send it to nobody else.',
  },
};

/** What the refusals of encrypted rooms say in English. */
export const enEncryptionErrors = {
  room_encrypted:
    'This room is encrypted end to end. Open the whole link that you were sent, with what stands behind the #.',
  room_not_encrypted:
    'Your link is for an encrypted room, and the room of this name is open without encryption. Nothing was sent. Take a new room.',
  encryption_unsupported:
    'This browser can’t encrypt sound and picture, so it stays outside. Use a current Chrome, Edge, Firefox or Safari.',
};
