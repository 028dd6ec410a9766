import { readdir, readFile, readlink } from 'node:fs/promises';

/** The kernel's tables (proc(5)), and the state of a socket that holds its port; a UDP socket has only one state. */
const TABLES = {
  TCP: { files: ['/proc/net/tcp', '/proc/net/tcp6'], state: '0A' },
  UDP: { files: ['/proc/net/udp', '/proc/net/udp6'], state: '07' },
} as const;

export type Transport = keyof typeof TABLES;

/** Who holds a port, as `node (pid 123)`, as far as Linux lets this process see; undefined otherwise. */
export async function portHolder(port: number, transport: Transport = 'TCP'): Promise<string | undefined> {
  const inodes = await holdingInodes(port, transport);
  if (inodes.size === 0) return undefined;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await holdsSocket(pid, inodes))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return `${name.replace(/[^\x20-\x7e]/g, '') || 'a process'} (pid ${pid})`;
  }
  return undefined;
}

/** The second column is the local address, the fourth the state, the tenth the inode. */
async function holdingInodes(port: number, transport: Transport): Promise<Set<string>> {
  const { files, state } = TABLES[transport];
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set<string>();
  for (const table of files) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(suffix) && columns[3] === state && columns[9]) inodes.add(columns[9]);
    }
  }
  return inodes;
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}
