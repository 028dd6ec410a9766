import type { IceServer } from '@madang/protocol';
import type { CallRecord } from '../record/index.js';
import type { RoomSettings } from './room-options.js';

type Connection = new (configuration: RTCConfiguration) => RTCPeerConnection;

/** What a connection of the room is made with. */
export function connectionConfiguration(
  { rtcConfiguration, encryption }: Pick<RoomSettings, 'rtcConfiguration' | 'encryption'>,
  iceServers: readonly IceServer[],
): RTCConfiguration {
  const configuration: RTCConfiguration = {
    iceServers: iceServers.map((server) => ({ ...server }) as RTCIceServer),
    // One transport for everything: fewer candidates, fewer checks, a sooner start.
    bundlePolicy: 'max-bundle',
    rtcpMuxPolicy: 'require',
    ...rtcConfiguration,
  };
  return encryption.cipher?.configuration(configuration) ?? configuration;
}

/**
 * A connection with as many of the configured servers as the browser takes: one address that is written wrongly must not
 * cost the call. What it would not take is noted. Throws only where the browser makes no connection at all.
 */
export function openConnection(
  Connection: Connection,
  configuration: RTCConfiguration,
  record: CallRecord,
  peer: string,
): RTCPeerConnection {
  try {
    return new Connection(configuration);
  } catch (error) {
    const { iceServers = [] } = configuration;
    const good = iceServers.filter((server) => takes(Connection, server));
    const urls = iceServers.filter((server) => !good.includes(server)).flatMap((server) => server.urls);
    record.add({ type: 'connection-refused', peer, message: String(error), urls });
    return new Connection({ ...configuration, iceServers: good });
  }
}

/** Gives a connection other servers for what it looks for next. One that takes none keeps those it has. */
export function reconfigure(pc: RTCPeerConnection, Connection: Connection, configuration: RTCConfiguration): void {
  const { iceServers = [] } = configuration;
  try {
    pc.setConfiguration(configuration);
  } catch {
    const good = iceServers.filter((server) => takes(Connection, server));
    if (good.length < iceServers.length) reconfigure(pc, Connection, { ...configuration, iceServers: good });
  }
}

function takes(Connection: Connection, server: RTCIceServer): boolean {
  try {
    new Connection({ iceServers: [server] }).close();
    return true;
  } catch {
    return false;
  }
}
