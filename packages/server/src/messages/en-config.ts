function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** What is said about settings: what is wrong with them, and how they are explained. */
export const enConfig = {
  groups: {
    'Addresses and ports': 'Addresses and ports',
    TLS: 'TLS',
    'STUN and TURN': 'STUN and TURN',
    'Behind a proxy': 'Behind a proxy',
    Rooms: 'Rooms',
    Limits: 'Limits',
    Process: 'Process',
    Media: 'Media',
  },
  repeatable: 'may be repeated',
  sampleHeading: 'Settings of Madang. A flag or an environment variable goes before what stands here.',
  sampleEntry: (what: string, fallback: string) => `${what}. Default: ${fallback}.`,
  fromDefault: 'default',
  credentialsHidden: 'credentials hidden',
  wanted: {
    somethingElse: 'something else',
    oneOf: either,
    whole: (least: number, most: number) => `a whole number from ${least} to ${most}`,
    portOrOff: 'a port from 0 to 65535, or off',
    portRange: 'two ports from 1024 as in 49152-65535',
    flag: 'true or false',
    path: 'a path',
    address: 'an IPv4 or IPv6 address',
    hostRange: 'an address, or a range such as 10.0.0.0/8',
    secret: 'printable characters without spaces, at most 256',
    turnUrl: 'a URL such as turn:example.org:3478?transport=udp, without credentials',
    proxy: 'an address, a range such as 10.0.0.0/8, loopback or all',
    origin: 'an origin such as https://example.org, or *',
    basePath: 'a path such as /calls',
    iceServer: 'a URL such as stun:example.org:3478, or in the file an object with urls, username and credential',
    iceCredentials: 'username and credential beside a turn: URL',
  },
  mustBe: (source: string, wanted: string) => `${source} must be ${wanted}`,
  mustBeNot: (source: string, wanted: string, given: string) => `${source} must be ${wanted}, not ${given}`,
  nothing: 'nothing',
  didYouMean: (line: string, name: string) => `${line} (did you mean ${name}?)`,
  unknownVariable: (name: string) => `unknown environment variable ${name}`,
  unknownSetting: (where: string, name: string) => `${where}: unknown setting ${name}`,
  noSuchFile: (name: string) => `${name}: there is no such file`,
  unreadable: (name: string, code: string) => `${name}: can't be read (${code})`,
  noYaml: (where: string, why: string) => `${where}: no valid YAML: ${why}`,
  noMapping: (where: string) => `${where}: must be a list of settings as in "http-port: 8080"`,
  configInFile: (where: string) => `${where}: config can't be set in the file itself`,
  bothOff: (one: string, other: string) => `${one} and ${other} can't both be off`,
  samePort: (source: string, port: number | string, other: string) =>
    `${source} can't be the port of ${other} too (${port})`,
  needsBeside: (source: string, flag: string) => `${source} needs --${flag} beside it`,
  sharesNothing: (source: string, https: string) => `${source} has no port to share: ${https} is off`,
  unlimitedTcpRelays: (source: string) =>
    `${source} has no limit of bytes: leave it, or --turn-kbps-per-allocation and --turn-kbps-per-member, out`,
  modeNeedsMedia: (source: string, mode: string) => `${source} ${mode} needs the media server: --media-port is off`,
  noEffectWithoutTls: '--tls-cert has no effect while HTTPS and TURN over TLS are off',
  noTurnsWithoutCertificate: '--turns-port has no effect while HTTPS is off and there is no --tls-cert',
  shortSecret: (least: number) =>
    `--turn-secret is shorter than ${least} characters: it can be guessed from a single credential`,
  certificate: {
    foreignKey: (key: string, cert: string) => `--tls-key ${key} does not belong to the certificate in ${cert}`,
    noCertificate: (path: string) => `--tls-cert ${path}: no certificate in PEM`,
    noKey: (path: string) => `--tls-key ${path}: no private key in PEM without a passphrase`,
    badChain: (path: string) => `--tls-cert ${path}: the chain can't be used`,
    noDataDir: (path: string, code: string, where: string) => `--data-dir ${path} can't be used: ${code} at ${where}`,
    leftOut: (name: string) =>
      `${name} is not in the certificate: the local authority was made before this machine had it`,
  },
};
