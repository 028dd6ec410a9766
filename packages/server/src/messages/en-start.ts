/** What a start prints, and what keeps it from starting. */
export const enStart = {
  about: 'Run the server in the foreground',
  otherCommands: 'Other commands: doctor, config, join, turn-credentials. `madang help` lists them.',
  here: 'On this machine',
  elsewhere: 'From other machines',
  turn: 'STUN and TURN',
  media: 'Media',
  silent: 'no answer from this machine',
  certificateWarning: 'Certificate warning?',
  fingerprint: '  its fingerprint',
  data: 'Data',
  rooms: 'Rooms',
  roomsOpen: 'open to whoever reaches the port',
  warning: 'Warning',
  noWebApp: 'the web app is not built (npm run build): there is only the signaling',
  noTurnWithoutAddon: 'no STUN and TURN: the media addon is not built (npm run build says what is missing)',
  noMediaWithoutAddon: 'no media server: the media addon is not built (npm run build says what is missing)',
  found: 'To know (madang doctor tells more):',
  stopping: (members: number) =>
    members === 0
      ? 'Stopping.'
      : `Stopping: waiting for ${members === 1 ? 'one member' : `${members} members`} to leave; press Ctrl-C again to stop at once.`,
  stopped: 'Stopped.',
  portInUse: (port: number, flag: string) => `port ${port} is in use; choose another one with ${flag}`,
  portInUseBy: (port: number, holder: string, flag: string) =>
    `port ${port} is in use by ${holder}; choose another one with ${flag}`,
  tooFewPorts: (count: number, port: number) =>
    `${count} media threads need a port each, and there are not that many from ${port} on; choose a lower one with --media-port`,
  portForbidden: (port: number, flag: string) =>
    `port ${port} may not be opened by this user; choose one above 1023 with ${flag}`,
  noSuchAddress: (address: string, flag: string) => `this machine has no address ${address}; correct ${flag}`,
};
