import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { MadangError, type Room } from '@madang/client';
import { languageOption, type Messages } from '@madang/server';
import { Command } from 'commander';
import { readInvitation } from '../peer/invitation.js';
import { type Happening, lineOf } from '../peer/room-lines.js';
import type { TextMemberOptions } from '../peer/text-member.js';
import { readCertificate } from './read-certificate.js';

interface JoinFlags {
  readonly name?: string;
  readonly url?: string;
  readonly ca?: string;
  readonly insecure?: true;
  readonly json?: true;
}

const DEFAULT_URL = 'http://localhost:8080';

/** `join ROOM`: a member that reads and writes the chat, and tells who comes and goes. */
export function joinCommand(messages: Messages): Command {
  const words = messages.command.join;
  return new Command('join')
    .description(words.about)
    .argument('<room>', words.room)
    .option('--name <NAME>', words.name)
    .option('--url <URL>', words.url(DEFAULT_URL))
    .option('--ca <FILE>', words.ca)
    .option('--insecure', words.insecure)
    .option('--json', words.json)
    .addOption(languageOption(messages))
    .action(async (room: string, flags: JoinFlags) => {
      const tell = teller(flags.json === true, messages);
      const options: TextMemberOptions = {
        ...readInvitation(room, flags.url ?? DEFAULT_URL),
        name: flags.name ?? userInfo().username,
        ca: flags.ca === undefined ? undefined : readCertificate(flags.ca),
        insecure: flags.insecure,
        tell,
      };
      await stay(await enter(options, flags.json === true, messages), messages);
    });
}

function teller(json: boolean, messages: Messages): (happening: Happening) => void {
  return (happening) => process.stdout.write(`${json ? JSON.stringify(happening) : lineOf(happening, messages)}\n`);
}

async function enter(options: TextMemberOptions, json: boolean, messages: Messages): Promise<Room> {
  const { joinAsText } = await import('../peer/text-member.js');
  try {
    return await joinAsText(options);
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    if (json)
      process.stdout.write(`${JSON.stringify({ type: 'refused', code: error.code, message: error.message })}\n`);
    process.stderr.write(`madang: ${refusal(error, options, messages)}\n`);
    process.exit(1);
  }
}

/** With the likeliest reason at a server of one's own: its authority is unknown here. */
function refusal(error: MadangError, options: TextMemberOptions, messages: Messages): string {
  const { room, url, ca, insecure } = options;
  const { join } = messages.command;
  const line = join.refused(room, url, sentenceOf(error, messages), error.code);
  const doubtful = error.code === 'not_connected' && /^https:/i.test(url) && ca === undefined && !insecure;
  return doubtful ? join.unknownAuthority(line) : line;
}

/** A newer server may know codes that we don't. */
function sentenceOf(error: Error, { errors }: Messages): string {
  const known: Readonly<Record<string, string>> = errors;
  return (error instanceof MadangError ? known[error.code] : undefined) ?? error.message;
}

/** Sends what is typed until a signal comes (exit code 0) or the membership ends (1). The end of input ends nothing. */
async function stay(room: Room, messages: Messages): Promise<void> {
  const input = createInterface({ input: process.stdin, terminal: false });
  input.on('line', (line) => {
    if (line.trim() === '') return;
    room.sendChat(line).catch((error: Error) => {
      process.stderr.write(`madang: ${messages.command.join.notSent(sentenceOf(error, messages))}\n`);
    });
  });
  const code = await new Promise<number>((resolve) => {
    room.on('ended', () => resolve(1));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(0));
  });
  if (code === 0) await room.leave();
  process.exit(code);
}
