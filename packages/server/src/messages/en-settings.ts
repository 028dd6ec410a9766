/** What each setting is for, by its flag, and its default in words where the value itself says too little. */
export const enSettings = {
  'http-port': { what: 'Port for HTTP; 0 takes any free one, off listens for HTTPS only' },
  'https-port': { what: 'Port for HTTPS; 0 takes any free one, off listens for HTTP only' },
  bind: { what: 'Listen on this address only', default: 'all addresses' },
  announce: {
    what: 'Advertise this address instead of those found, as a machine behind NAT needs',
    default: 'those found',
  },
  'tls-cert': {
    what: 'Certificate chain in PEM, read again when it changes; needs --tls-key',
    default: 'made by a local authority',
  },
  'tls-key': { what: 'Private key in PEM that belongs to --tls-cert', default: 'made with the certificate' },
  'turn-port': { what: 'Port for STUN and TURN, UDP and TCP; 0 takes any free one, off has none' },
  'turns-port': { what: 'Port for TURN over TLS; 0 takes any free one, off has none' },
  'share-443': {
    what: 'Take TURN over TLS on the port of HTTPS too, for networks that let nothing but 443 pass',
    default: 'no',
  },
  'turn-bind': { what: 'Listen for STUN and TURN on this address only', default: 'as --bind' },
  'relay-ports': { what: 'Ports for relayed media' },
  'turn-secret': {
    what: 'What TURN credentials are made with; further ones are accepted too; belongs in the file',
    default: 'made at the first start and kept in the data directory',
  },
  'turn-credential-seconds': { what: 'How long a TURN credential is good for a new allocation' },
  'turn-server': {
    what: 'TURN server with the same --turn-secret (coturn: use-auth-secret) that members are told, with credentials',
    default: 'none',
  },
  'turn-allow-peer': {
    what: 'Relay to this address or range though it is private or otherwise special',
    default: 'none of these',
  },
  'turn-tcp-relays': {
    what: 'Relay TCP too (RFC 6062), which browsers do not use: members reach TCP ports of others through this machine',
    default: 'no',
  },
  'max-turn-allocations': { what: 'TURN allocations at one time' },
  'max-turn-allocations-per-member': { what: 'TURN allocations of one member at one time' },
  'turn-kbps-per-allocation': { what: 'Kilobits a second that an allocation may relay both ways; 0 is unlimited' },
  'turn-kbps-per-member': { what: 'Kilobits a second that all of a member may relay both ways; 0 is unlimited' },
  'base-path': { what: 'Serve everything below this path, such as /calls', default: 'none' },
  'trust-proxy': { what: 'Believe X-Forwarded-* from this address or range; also loopback, all', default: 'nobody' },
  'allow-origin': { what: 'Let pages of this origin connect, besides our own; * lets all', default: 'our own only' },
  mode: {
    what: 'Mode of new rooms: straight between members, through the media server, or the one for two and the other for more; without media server p2p',
  },
  'ice-server': { what: 'STUN or TURN server that members are told; credentials belong in the file', default: 'none' },
  'max-rooms': { what: 'Rooms at one time' },
  'max-members': { what: 'Members of one room; a peer-to-peer room never holds more than four' },
  'last-n': {
    what: 'Members of a room whose sound is forwarded at one time, those who spoke last and loudest; 0 is all of them',
  },
  'whip-token': {
    what: 'Bearer token that opens WHIP, for publishing; belongs in the file',
    default: 'none is asked for',
  },
  'whep-token': {
    what: 'Bearer token that opens WHEP, for viewing; belongs in the file',
    default: 'none is asked for',
  },
  'chat-keep-seconds': { what: 'How long the chat of an empty room is kept' },
  'resume-seconds': { what: 'How long a dropped member may resume' },
  'max-connections-per-address': {
    what: 'Signaling connections from one address, and as many sessions of WHIP and WHEP',
  },
  'message-rate': {
    what: 'Messages a second from one connection, and WHIP and WHEP requests from one address; four times that in a burst; 0 is unlimited',
  },
  'data-dir': { what: 'Where the local authority, the TURN secret and everything else that stays is kept' },
  config: { what: 'Read settings from this file', default: './madang.yaml if it is there' },
  'drain-seconds': { what: 'How long a stop waits for members to leave' },
  lang: { what: 'Language of the command line and the start: en, ko', default: 'that of the system' },
  'log-level': { what: 'Least level that is logged: trace, debug, info, warn, error, silent' },
  'log-format': { what: 'pretty, json, or auto: pretty on a terminal' },
  json: { what: 'Print one line of JSON for programs instead of text', default: 'no' },
  'media-port': { what: 'First port for media, UDP and TCP, one for each thread; 0 takes any free ones, off has none' },
  'media-threads': { what: 'Media threads, a port each', default: 'one fewer than there are cores' },
  'media-bind': { what: 'Take media on this address only', default: 'as --bind' },
};
