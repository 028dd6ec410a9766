import { Encoder, type Packet } from 'socket.io-parser';

/**
 * Encodes without searching each payload for binary values first: what the rooms say is JSON throughout, and the search
 * costs as much as the encoding.
 */
export class JsonEncoder extends Encoder {
  override encode(packet: Packet): string[] {
    let head = String(packet.type);
    if (packet.nsp !== '/') head += `${packet.nsp},`;
    if (packet.id !== undefined) head += packet.id;
    return [packet.data === undefined ? head : head + JSON.stringify(packet.data)];
  }
}
