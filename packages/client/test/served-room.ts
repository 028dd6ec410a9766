import type { Member, Role } from '@madang/protocol';
import { type FakeDataChannel, FakePeerConnection, type IceNetwork } from '@madang/testkit';
import { DataExchange } from '../src/data/index.js';
import type { Received } from '../src/index.js';
import type { SignalLink } from '../src/link/index.js';
import { DIALECT } from '../src/room/mesh.js';
import { roomSettings } from '../src/room/room-options.js';
import { ServerWay } from '../src/room/server-way.js';
import { Lab } from './lab.js';

const OFF = { microphone: 'off', camera: 'off', screen: 'off' } as const;

/** One member's way through the media server, and what came by it. */
export interface ServedMember {
  readonly way: ServerWay;
  readonly data: DataExchange;
  readonly heard: Received[];
  /** What the media server has of the publishing connection, oldest first; the last is the present one. */
  readonly connections: FakePeerConnection[];
}

/** A connection with the media server: where the other side is stands in the description, and no candidate follows. */
class ServedConnection extends FakePeerConnection {
  readonly #other: string;

  constructor(network: IceNetwork, machine: string, other: string) {
    super(network, machine);
    this.#other = network.address(other);
  }

  override async setRemoteDescription(description: { type: string; sdp?: string }): Promise<void> {
    await super.setRemoteDescription(description);
    const { ufrag } = JSON.parse(description.sdp ?? '') as { readonly ufrag: string };
    await this.addIceCandidate({ candidate: `candidate:1 1 udp 1 ${this.#other} 9 typ host`, usernameFragment: ufrag });
  }
}

/** A room whose members meet at a media server that answers their offers, and passes on what they say on their lanes. */
export class ServedRoom {
  readonly lab = new Lab();
  readonly #members = new Map<string, ServedMember>();
  readonly #roles = new Map<string, Role>();
  readonly #lanes = new Map<string, Map<string, FakeDataChannel>>();

  enter(id: string, role: Role): ServedMember {
    const { network, clock } = this.lab;
    class Connection extends ServedConnection {
      constructor() {
        super(network, id, 'server');
      }
    }
    const settings = roomSettings({
      url: 'https://madang.test/',
      clock,
      RTCPeerConnection: Connection as unknown as typeof RTCPeerConnection,
      network: { watch: () => () => {} },
    });
    const heard: Received[] = [];
    const data = new DataExchange({
      clock,
      maxMessageBytes: 1_048_576,
      onData: (_, __, received) => heard.push(received),
      onOffer: () => {},
      onTransfer: () => {},
    });
    const connections: FakePeerConnection[] = [];
    const request = async (name: string, payload: { readonly sdp?: string }): Promise<object> =>
      name === 'publish' ? { sdp: await this.#answer(id, connections, payload.sdp ?? '') } : {};
    const way = new ServerWay({
      settings,
      request: request as SignalLink['request'],
      relay: data.relay,
      connected: () => true,
      wishes: () => ({ reception: 'everything', isAutomatic: true, chosen: new Map() }),
      shown: () => undefined,
      forwardingChanged: () => {},
    });
    const member = { way, data, heard, connections };
    way.begin(
      { id, role },
      [...this.#roles].map(([other, theirs]) => memberOf(other, theirs)),
    );
    for (const other of this.#members.values()) other.way.setMember(memberOf(id, role));
    this.#members.set(id, member);
    this.#roles.set(id, role);
    return member;
  }

  setRole(id: string, role: Role): void {
    this.#roles.set(id, role);
    for (const [other, { way }] of this.#members) {
      if (other === id) way.setOwnRole(role);
      else way.setMember(memberOf(id, role));
    }
  }

  /** The server closes what this member has of a lane. */
  closeLane(id: string, label: string): void {
    this.#lanes.get(id)?.get(label)?.close();
  }

  async #answer(id: string, connections: FakePeerConnection[], sdp: string): Promise<string> {
    const { network } = this.lab;
    const pc = new ServedConnection(network, 'server', id);
    connections.push(pc);
    const lanes = new Map<string, FakeDataChannel>();
    this.#lanes.set(id, lanes);
    pc.ondatachannel = ({ channel }) => {
      lanes.set(channel.label, channel);
      channel.onmessage = ({ data }) => this.#passOn(id, channel.label, new Uint8Array(data as ArrayBuffer));
    };
    await pc.setRemoteDescription({ type: 'offer', sdp });
    await pc.setLocalDescription();
    return pc.localDescription!.sdp;
  }

  #passOn(from: string, label: string, bytes: Uint8Array): void {
    const head = 2 + bytes[1]!;
    const to = this.#lanes.get(new TextDecoder().decode(bytes.subarray(2, head)))?.get(label);
    const sender = new TextEncoder().encode(from);
    if (to?.readyState === 'open') to.send(Uint8Array.of(bytes[0]!, sender.length, ...sender, ...bytes.subarray(head)));
  }
}

function memberOf(id: string, role: Role): Member {
  const name = id;
  return {
    id,
    name,
    role,
    media: OFF,
    handRaisedWallMs: null,
    metadata: {},
    joinedWallMs: 0,
    connected: true,
    dialect: DIALECT,
  };
}
