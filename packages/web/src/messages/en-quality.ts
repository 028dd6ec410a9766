/** What people read in English about how good a picture is, and why. */
export const enQuality = {
  quality: {
    connection: {
      excellent: 'Connection: excellent',
      good: 'Connection: good',
      poor: 'Connection: poor',
    },
    about: 'Why does it look like this?',
    heading: (name: string) => `The picture of ${name}`,
    nothing: 'No picture comes at the moment.',
    comes: (width: number, height: number, perSecond: number) => `${width} × ${height}, ${perSecond} a second`,
    bitrate: (kbps: number) => `${kbps} kbit/s`,
    own: 'This is how the others can see you at best.',
    straight: 'It comes straight from the other person: the browser there chooses how good it is.',
    layer: (layer: number) => `Quality ${layer} of those that are sent`,
    /** On the tile. */
    paused: {
      bandwidth: 'Paused: your line is too slow',
      'audio-only': 'Pictures are switched off in your settings',
      other: 'Paused',
    },
    lowered: {
      wish: 'Less sharp, as chosen in your settings',
      bandwidth: 'Less sharp: your line is slow',
      cpu: 'Less sharp: the other computer is busy',
      publisher: 'Less sharp: no better picture is sent',
    },
    reason: {
      full: 'It is as good as it is sent.',
      size: 'A better one would not look different in this size.',
      wish: 'You chose to receive small pictures only.',
      bandwidth: 'Your line does not carry more at the moment. Sound comes first.',
      publisher: 'No better picture is sent: the camera, its settings or the line there give no more.',
      cpu: 'The other person’s computer is too busy to make a better one.',
      paused: 'It is not sent at the moment: it is not seen here, you chose sound only, or it is switched off there.',
    },
    remedy: {
      size: 'Pin it, and a larger one comes.',
      wish: 'Choose “Everything” under Receiving in the settings.',
      bandwidth: 'Close what else uses the line, come closer to the Wi-Fi, or receive small pictures only.',
      publisher: 'Ask whether a higher resolution can be chosen there.',
      cpu: 'Closing other programs or switching effects off there helps.',
    } as Record<string, string>,
  },
  reception: {
    heading: 'Receiving',
    note: 'Where the call goes through the server. Between two people alone everything is received.',
    choices: {
      everything: { label: 'Everything', hint: 'Each picture as good as its tile and the line allow.' },
      low: { label: 'Small pictures', hint: 'Saves data: every picture in its lowest quality.' },
      'audio-only': { label: 'Sound only', hint: 'Saves most: no pictures of others, shared screens included.' },
    },
  },
};
