/** The page that plays a room, in English. */
export const enWatch = {
  watch: {
    link: 'Watch this room',
    title: (room: string) => `Watching ${room}`,
    picture: (room: string) => `Picture of ${room}`,
    connecting: 'Connecting…',
    waiting: 'Nobody is publishing in this room yet. The picture will appear here by itself.',
    trouble: 'The connection to the server is gone. Trying again…',
    refused: 'This room cannot be watched.',
    problems: {
      room_peer_to_peer:
        'The people in this room send to each other, so there is nothing to watch here. Join the room instead.',
      room_full: 'This room is full. Trying again…',
      token_missing: 'This server shows its rooms to those with a token only.',
      token_unknown: 'This server shows its rooms to those with a token only.',
      no_media: 'The media server is not there at the moment. Trying again…',
      busy: 'The server is full. Trying again…',
      draining: 'The server is about to restart. Trying again…',
      too_many_requests: 'Too many attempts in a short time. Trying again in a moment…',
      too_many_sessions: 'Too many viewers from your network. Trying again…',
    },
    soundOn: 'Turn sound on',
    soundOff: 'Turn sound off',
    quality: 'Quality',
    qualities: { auto: 'Automatic', high: 'High', medium: 'Medium', low: 'Low' },
    again: 'Try again',
    reading: (now: { width: number; height: number; framesPerSecond: number; kbps: number }) =>
      `${now.width}×${now.height}, ${now.framesPerSecond} frames a second, ${now.kbps} kbit/s`,
  },
};
