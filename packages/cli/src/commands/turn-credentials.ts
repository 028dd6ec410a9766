import {
  addConfigFlags,
  ConfigError,
  displayWidth,
  flagValues,
  type IssuedTurnCredential,
  issueTurnCredential,
  loadConfig,
  type Messages,
  messagesFor,
  padDisplay,
  type WantedTurnCredential,
} from '@madang/server';
import { Command } from 'commander';

interface Flags {
  readonly name: string;
  readonly lifetime: string;
}

const DEFAULTS = { name: 'elsewhere', lifetime: 86_400 };
/** Ten years: nobody is kept from a credential that is never changed. */
const LONGEST_SECONDS = 315_360_000;

/** `turn-credentials`: one entry for `iceServers`, made with the secret that a server of these settings knows. */
export function turnCredentialsCommand(messages: Messages): Command {
  const words = messages.command.turnCredentials;
  const command = new Command('turn-credentials')
    .description(words.about)
    .allowExcessArguments(false)
    .option('--name <NAME>', words.name(DEFAULTS.name))
    .option('--lifetime <SECONDS>', words.lifetime(DEFAULTS.lifetime));
  return addConfigFlags(command, messages).action(async () => {
    const { config } = loadConfig({ flags: flagValues(command), env: process.env, cwd: process.cwd() });
    const issued = await issueTurnCredential(config, wantedBy(command.opts<Partial<Flags>>()));
    process.stdout.write(config.json ? asJson(issued) : asText(issued, messagesFor(config, messages)));
  });
}

function wantedBy({
  name = DEFAULTS.name,
  lifetime = String(DEFAULTS.lifetime),
}: Partial<Flags>): WantedTurnCredential {
  if (!/^[\x21-\x7e]{1,128}$/.test(name)) {
    throw new ConfigError((m) => m.command.turnCredentials.noName(JSON.stringify(name)));
  }
  const seconds = /^\d{1,10}$/.test(lifetime) ? Number(lifetime) : 0;
  if (seconds < 1 || seconds > LONGEST_SECONDS) {
    throw new ConfigError((m) => m.command.turnCredentials.noLifetime(LONGEST_SECONDS, JSON.stringify(lifetime)));
  }
  return { account: name, forMs: seconds * 1_000 };
}

function asJson({ urls, username, credential, goodUntil }: IssuedTurnCredential): string {
  return `${JSON.stringify({ urls, username, credential, goodUntil: goodUntil.toISOString() })}\n`;
}

function asText({ urls, username, credential, goodUntil }: IssuedTurnCredential, messages: Messages): string {
  const { fields } = messages.command.turnCredentials;
  const rows = [
    ...urls.map((url, ix) => [ix === 0 ? fields.urls : '', url] as const),
    [fields.username, username] as const,
    [fields.credential, credential] as const,
    [fields.goodUntil, goodUntil.toISOString()] as const,
  ];
  const width = Math.max(...rows.map(([title]) => displayWidth(title))) + 2;
  return rows.map(([title, value]) => `${padDisplay(title, width)}${value}\n`).join('');
}
