import { MadangError } from '@madang/client';
import {
  blocksRelays,
  ConfigError,
  drawWalks,
  examineTurn,
  hasColours,
  isTurnUrl,
  languageOption,
  type Messages,
  summaryOfWalks,
  type TurnTarget,
  VERSION,
  walksAsJson,
} from '@madang/server';
import { Command, Option } from 'commander';
import { readCertificate } from './read-certificate.js';

interface TurnFlags {
  readonly username?: string;
  readonly credential?: string;
  readonly secret?: string;
  readonly realm?: string;
  readonly ca?: string;
  readonly insecure?: true;
  readonly json?: true;
}

const DEFAULT_URL = 'http://localhost:8080';
const SECRET_VARIABLE = 'MADANG_TURN_SECRET';

/** `doctor turn [URL]`: walks every way to a relay. Exit code 1 if one does not lead there. */
export function doctorTurnCommand(messages: Messages): Command {
  const words = messages.turn;
  const command = new Command('turn');
  return command
    .description(words.about)
    .argument('[url]', words.url(DEFAULT_URL))
    .option('--username <NAME>', words.username)
    .option('--credential <PASSWORD>', words.credential)
    .addOption(new Option('--secret <TEXT>', `${words.secret}; ${words.secretEnv(SECRET_VARIABLE)}`))
    .option('--realm <TEXT>', words.realm)
    .option('--ca <FILE>', words.ca)
    .option('--insecure', words.insecure)
    .option('--json', words.json)
    .addOption(languageOption(messages))
    .action(async (given: string | undefined) => {
      // The command above takes what it knows too, as `--json`.
      const flags = command.optsWithGlobals<TurnFlags>();
      const url = given ?? DEFAULT_URL;
      const trust = { ca: flags.ca === undefined ? undefined : readCertificate(flags.ca), insecure: flags.insecure };
      const targets = isTurnUrl(url) ? [targetOf(url, flags)] : await targetsNamedBy(url, trust);
      const walks = await examineTurn(targets, { ...trust, realm: flags.realm });
      if (flags.json) process.stdout.write(`${JSON.stringify(walksAsJson(walks))}\n`);
      else {
        const table = drawWalks(walks, messages, hasColours(process.stdout, process.env));
        const summary = summaryOfWalks(walks, messages);
        process.stdout.write(`${words.heading(VERSION)}\n\n${table}\n${summary}\n`);
      }
      process.exitCode = blocksRelays(walks) ? 1 : 0;
    });
}

/** Throws `ConfigError` when there is nothing to ask with, or two things. */
function targetOf(url: string, { username, credential, secret }: TurnFlags): TurnTarget {
  const hasAccount = username !== undefined || credential !== undefined;
  if (hasAccount && secret !== undefined) throw new ConfigError(({ turn }) => turn.twice);
  if (username !== undefined && credential !== undefined) {
    return { urls: [url], credential: { kind: 'account', account: { username, password: credential } } };
  }
  const known = hasAccount ? undefined : (secret ?? process.env[SECRET_VARIABLE]);
  if (known === undefined || known === '') throw new ConfigError(({ turn }) => turn.noCredential(url));
  return { urls: [url], credential: { kind: 'secret', secret: known } };
}

/** The TURN servers that a Madang server tells who joins it, with what it gives them. */
async function targetsNamedBy(url: string, trust: { ca: string | undefined; insecure: true | undefined }) {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new ConfigError(({ turn }) => turn.noUrl(url));
  const { askIceServers } = await import('../peer/ask-ice-servers.js');
  const servers = await askIceServers(url, trust).catch((error: unknown) => {
    if (!(error instanceof MadangError)) throw error;
    throw new ConfigError(({ turn }) => turn.unreachable(url, error.code));
  });
  const targets = servers.flatMap(({ urls, username = '', credential = '' }): TurnTarget[] => {
    const relays = urls.filter(isTurnUrl);
    if (relays.length === 0) return [];
    const account = { username, password: credential };
    return [{ urls: relays, credential: { kind: 'account', account, issuedNow: true } }];
  });
  if (targets.length === 0) throw new ConfigError(({ turn }) => turn.noServers(url));
  return targets;
}
