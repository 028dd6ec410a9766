import { type Config, ConfigError } from '../config/index.js';
import { MemberIceServers, routedHosts, turnHosts, urlsAt } from '../media/index.js';
import { networkAddresses } from '../network/index.js';
import { needsCertificate, turnSecrets } from './turn-secrets.js';

/** An entry for `iceServers` of an RTCPeerConnection, and until when it is good for something new. */
export interface IssuedTurnCredential {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
  readonly goodUntil: Date;
}

export interface WantedTurnCredential {
  /** Whom the quotas are counted for; printable ASCII without spaces. */
  readonly account: string;
  readonly forMs: number;
}

/**
 * A credential for use elsewhere, made with the secret of these settings; no server has to run. Throws `ConfigError` when
 * there is no TURN server.
 */
export async function issueTurnCredential(
  config: Config,
  { account, forMs }: WantedTurnCredential,
): Promise<IssuedTurnCredential> {
  const [secret] = await turnSecrets(config);
  const urls = [...(await ownUrls(config)), ...config.turnServers];
  if (secret === undefined || urls.length === 0) throw new ConfigError((m) => m.command.turnCredentials.none);
  const wallMs = Date.now();
  const servers = new MemberIceServers({
    secret: Buffer.from(secret),
    credentialMs: forMs,
    turnUrls: [],
    others: [],
    wallMs: () => wallMs,
  });
  return { urls, ...servers.credential(account, forMs), goodUntil: new Date(wallMs + forMs) };
}

/** Those of a server that runs, or would run, with these settings. Which free port it would take nobody knows. */
async function ownUrls(config: Config): Promise<readonly string[]> {
  const { announce, turnPort } = config;
  const bind = config.turnBind.length > 0 ? config.turnBind : config.bind;
  const found = networkAddresses();
  const routed = await routedHosts();
  const { clients } = turnHosts({ bind, announce, found, routed });
  const outside = clients.filter((address) => !found.some((each) => each.address === address && each.internal));
  const knownPort = (port: number | 'off') => (port === 'off' || port === 0 ? null : port);
  const places = {
    port: knownPort(turnPort),
    tlsPort: knownPort(tlsPortOf(config)),
    reaching: [...outside].sort((one, other) => Number(routed.includes(other)) - Number(routed.includes(one))),
    announce,
    hasGivenCertificate: config.tlsCert !== undefined,
  };
  return urlsAt(places, 'localhost').turn;
}

function tlsPortOf(config: Config): number | 'off' {
  if (config.share443) return config.httpsPort;
  return needsCertificate(config) ? config.turnsPort : 'off';
}
