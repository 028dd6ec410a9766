import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { MadangError, type Room } from '@madang/client';
import { ConfigError } from '@madang/server';
import { Command } from 'commander';
import { readInvitation } from '../peer/invitation.js';
import { type Happening, lineOf } from '../peer/room-lines.js';
import type { TextMemberOptions } from '../peer/text-member.js';

interface JoinFlags {
  readonly name?: string;
  readonly url: string;
  readonly ca?: string;
  readonly insecure?: true;
  readonly json?: true;
}

/** `join ROOM`: a member that reads and writes the chat, and tells who comes and goes. */
export function joinCommand(): Command {
  return new Command('join')
    .description('Join a room from the terminal: prints who comes, who goes and the chat; sends each line typed')
    .argument('<room>', 'the name of a room, or the link that invites to it')
    .option('--name <NAME>', 'the name to join with [the user’s]')
    .option('--url <URL>', 'the server’s address', 'http://localhost:8080')
    .option('--ca <FILE>', 'trust this authority too, such as the server’s /authority.pem')
    .option('--insecure', 'trust any certificate')
    .option('--json', 'print one JSON object a line')
    .action(async (room: string, flags: JoinFlags) => {
      const tell = teller(flags.json === true);
      const options: TextMemberOptions = {
        ...readInvitation(room, flags.url),
        name: flags.name ?? userInfo().username,
        ca: flags.ca === undefined ? undefined : readCertificate(flags.ca),
        insecure: flags.insecure,
        tell,
      };
      await stay(await enter(options, flags.json === true));
    });
}

function teller(json: boolean): (happening: Happening) => void {
  return (happening) => process.stdout.write(`${json ? JSON.stringify(happening) : lineOf(happening)}\n`);
}

async function enter(options: TextMemberOptions, json: boolean): Promise<Room> {
  const { joinAsText } = await import('../peer/text-member.js');
  try {
    return await joinAsText(options);
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    if (json)
      process.stdout.write(`${JSON.stringify({ type: 'refused', code: error.code, message: error.message })}\n`);
    process.stderr.write(
      `madang: can't join ${options.room} at ${options.url}: ${error.message} (${error.code})${hint(error, options)}\n`,
    );
    process.exit(1);
  }
}

/** The likeliest reason at a server of one's own: its authority is unknown here. */
function hint(error: MadangError, { url, ca, insecure }: TextMemberOptions): string {
  const doubtful = error.code === 'not_connected' && /^https:/i.test(url) && ca === undefined && !insecure;
  return doubtful ? '; if its certificate is its own, name it with --ca' : '';
}

/** Sends what is typed until a signal comes (exit code 0) or the membership ends (1). The end of input ends nothing. */
async function stay(room: Room): Promise<void> {
  const input = createInterface({ input: process.stdin, terminal: false });
  input.on('line', (line) => {
    if (line.trim() === '') return;
    room.sendChat(line).catch((error: Error) => process.stderr.write(`madang: not sent: ${error.message}\n`));
  });
  const code = await new Promise<number>((resolve) => {
    room.on('ended', () => resolve(1));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(0));
  });
  if (code === 0) await room.leave();
  process.exit(code);
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`--ca ${path}: ${code === 'ENOENT' ? 'there is no such file' : `can't be read (${code})`}`);
  }
}
