import { createSocket } from 'node:dgram';

/** Addresses for documentation (RFC 5737, RFC 3849): somewhere on the internet, and nobody's. Nothing is sent there. */
const ELSEWHERE = { udp4: '203.0.113.1', udp6: '2001:db8::1' } as const;

/** For each family the address that this machine would send from to the internet; none without a way there. */
export async function routedHosts(): Promise<string[]> {
  const found = await Promise.all((['udp4', 'udp6'] as const).map(routedHost));
  return found.filter((address) => address !== null);
}

function routedHost(family: keyof typeof ELSEWHERE): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket(family);
    const end = (address: string | null) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => end(null));
    // Connecting a UDP socket only asks the system for the way.
    socket.connect(9, ELSEWHERE[family], () => end(socket.address().address));
  });
}
