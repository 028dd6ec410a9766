import type { WebSocketRoute } from 'playwright-core';
import type { RoomPage } from '../room-page.js';
import { inventedRoom, type Walk, Walker } from '../walker.js';
import { joinsQuietly } from './leaving.js';

/** How a call ends that one does not leave: each with its page, and the way back in from there. */
export async function endPages(walk: Walk): Promise<void> {
  const room = inventedRoom();
  const host = await joinsQuietly(walk, room, '보리');
  const person = await Walker.sets(walk, 'Guest');
  const { tab, text } = person;
  const line = await MeddledLine.of(person);
  await person.comesToDoor(walk.server.address, room);
  await person.asks('하늘', text.door.joinWithout);
  await person.isInRoom();
  await host.choosesFor('하늘', 'Remove from the room');
  await host.press('Remove');
  await ends(person, 'kicked');
  await comesBack(person);
  line.replaces();
  await ends(person, 'replaced');
  await comesBack(person);
  line.refuses();
  await ends(person, 'failed');
  line.mends();
  await comesBack(person);
  await closes(host);
  await ends(person, 'closed');
  await tab.close();
}

async function ends(person: Walker, reason: 'kicked' | 'replaced' | 'failed' | 'closed'): Promise<void> {
  await person.waits('the end', () => person.tab.has('heading', person.text.outside.heading[reason]));
  await person.sees(`outside: ${reason}`);
}

async function comesBack(person: Walker): Promise<void> {
  await person.tab.click('button', person.text.outside.rejoin);
  await person.waits('the door', () => person.tab.has('button', person.text.door.joinWithout));
  await person.tab.click('button', person.text.door.joinWithout);
  await person.isInRoom();
}

async function closes(host: RoomPage): Promise<void> {
  await host.press('People');
  await host.press('Close room for everyone');
  await host.press('Close room');
}

/** The line to the server, on which a word can be put in: as the server says it, in socket.io's packets. */
class MeddledLine {
  private route: WebSocketRoute | undefined;
  private isRefusing = false;

  static async of({ tab }: Walker): Promise<MeddledLine> {
    const line = new MeddledLine();
    await tab.page.routeWebSocket(/socket\.io/, (route) => line.opens(route));
    return line;
  }

  private opens(route: WebSocketRoute): void {
    this.route = route;
    const server = route.connectToServer();
    route.onMessage((message) => {
      const asksIn = typeof message === 'string' && message.startsWith('40');
      if (this.isRefusing && asksIn) route.send('44{"message":"origin_refused","data":{"code":"origin_refused"}}');
      else server.send(message);
    });
  }

  /** Another connection has taken the membership over. */
  replaces(): void {
    this.route?.send('42["replaced",{}]');
  }

  /** The line breaks, and the server turns the page away for good when it comes again. */
  refuses(): void {
    this.isRefusing = true;
    void this.route?.close();
  }

  mends(): void {
    this.isRefusing = false;
  }
}
