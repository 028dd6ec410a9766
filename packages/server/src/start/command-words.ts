import { type Command, type CommanderError, Option } from 'commander';
import { checkFlags } from '../config/index.js';
import { displayWidth, type Messages } from '../messages/index.js';

/** Has a command's help speak a language: what commander itself says in it, and columns that hold wide characters. */
export function speak(command: Command, { command: words }: Messages): void {
  const titles = new Map([
    ['Usage:', words.headings.usage],
    ['Options:', words.headings.options],
    ['Global Options:', words.headings.globalOptions],
    ['Commands:', words.headings.commands],
    ['Arguments:', words.headings.arguments],
  ]);
  const usage = (text: string) =>
    text.replace('[options]', words.usageOptions).replace('[command]', words.usageCommand);
  command.helpOption('-h, --help', words.help).configureHelp({
    // Of what the command above takes, nothing but the version means something to one below it.
    showGlobalOptions: (command.parent?.options.length ?? 0) < 2,
    displayWidth,
    styleTitle: (title) => titles.get(title) ?? title,
    styleUsage: usage,
    styleSubcommandTerm: usage,
  });
  if (command.commands.length > 0) command.helpCommand('help [command]', words.helpCommand);
}

/** `--lang` for a command without settings of the server; `messagesOf` has read it already. */
export function languageOption({ command: words }: Messages): Option {
  return new Option('--lang <en|ko>', words.language).argParser((lang) => {
    checkFlags({ lang });
    return lang;
  });
}

/** What was wrong with the arguments, as commander found it, in one line. */
export function complaintOf(error: CommanderError, { command: words }: Messages): string {
  const english = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  const [, line = english, meant] = /^(.*?)(?: \(Did you mean (?:one of )?(.+)\?\))?$/.exec(english) ?? [];
  const said = lineOf(error.code, line, words.wrong);
  return meant === undefined ? said : words.wrong.meant(said, meant);
}

function lineOf(code: string, line: string, wrong: Messages['command']['wrong']): string {
  const [first = '', second = '', third = ''] = [...line.matchAll(/'([^']*)'|\b(\d+)\b/g)].map(
    ([, quoted, number]) => quoted ?? number ?? '',
  );
  switch (code) {
    case 'commander.unknownOption':
      return wrong.unknownOption(first);
    case 'commander.unknownCommand':
      return wrong.unknownCommand(first);
    case 'commander.optionMissingArgument':
      return wrong.noValue(first);
    case 'commander.missingArgument':
      return wrong.noArgument(first);
    case 'commander.excessArguments':
      return wrong.tooMany(first, second, third);
    default:
      return line;
  }
}
