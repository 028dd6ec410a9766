/** What people read in English in the inspector about a call that goes through the media server. */
export const enServed = {
  served: {
    heading: 'Through the media server',
    publish: 'the media server (sending)',
    subscribe: 'the media server (receiving)',
    moves: 'How the call changed its way',
    moved: {
      sfu: (elapsed: string) => `At ${elapsed} from peer to peer to the media server.`,
      p2p: (elapsed: string) => `At ${elapsed} from the media server to peer to peer.`,
    },
    underway: 'Under way.',
    opened: (took: string) => `The new way was connected after ${took}.`,
    arrived: (took: string) => `Everything came by the new way after ${took}.`,
    done: (took: string) => `The way before was closed after ${took}.`,
    interruptions: {
      heading: 'What interrupted the call',
      why: {
        thread: (elapsed: string, _name: string) =>
          `At ${elapsed} the part of the server that carried the call died, and was started again.`,
        'hung-up': (elapsed: string, name: string) => `At ${elapsed} ${name} let go of the connection.`,
        asleep: (elapsed: string, _name: string) => `At ${elapsed} this computer went to sleep.`,
        offline: (elapsed: string, _name: string) => `At ${elapsed} this computer had no network any more.`,
        moved: (elapsed: string, _name: string) => `At ${elapsed} this computer went over to another network.`,
        line: (elapsed: string, name: string) => `At ${elapsed} nothing got through to or from ${name} any more.`,
        signaling: (elapsed: string, _name: string) => `At ${elapsed} the connection to the server was lost.`,
      },
      back: (took: string) => `It was back after ${took}.`,
      lasts: 'That lasts still.',
    },
    stream: 'Stream',
    up: 'To the server',
    down: 'From the server',
    untold: 'not told yet',
    sends: {
      off: 'not sent',
      unconnected: 'not connected, the member says',
      stalled: 'nothing leaves, the member says',
      sending: 'sent, the member says',
    },
    wanted: (sent: number, all: number) => `${sent} of ${all} qualities wanted`,
    played: (played: number, told: number) => `heard or seen by ${played} of ${told}`,
    layer: (layer: number) => `quality ${layer}`,
    nothing: 'nothing is sent',
    loss: (percent: string) => `${percent} % lost`,
    roundTrip: (ms: number) => `${ms} ms there and back`,
    line: (kbps: number, queueMs: number, percent: string) =>
      `The server takes the line to here for ${kbps} kbit/s; packets waited ${queueMs} ms in its queues, and ${percent} % were lost.`,
    reason: {
      full: 'the best there is',
      size: 'enough for its size here',
      wish: 'as was asked for',
      bandwidth: 'the line here carries no more',
      publisher: 'no better one comes from the member',
      cpu: 'the member’s computer makes no better one',
      paused: 'paused',
    },
  },
};
