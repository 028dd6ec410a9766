interface Written {
  readonly from: string;
  readonly name: string;
  readonly wallMs: number;
}

const TOGETHER_MS = 3 * 60_000;

/** Whether a message gets its writer's name and time: not when it follows at once on another of the same person. */
export function startsGroup(before: Written | undefined, message: Written): boolean {
  if (before?.from !== message.from || before.name !== message.name) return true;
  return message.wallMs - before.wallMs > TOGETHER_MS;
}
