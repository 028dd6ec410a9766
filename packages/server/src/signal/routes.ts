import {
  CLASSIC_REQUESTS,
  PROTOCOL_VERSION,
  protocolError,
  REQUESTS,
  type Refused,
  type RequestName,
} from '@madang/protocol';
import type { z } from 'zod';
import type { ClassicPage } from './classic-page.js';
import { announceRefusal, answerReady } from './classic-ready.js';
import { answerSend } from './classic-send.js';
import { answerSignal } from './classic-signal.js';
import { answerIceServers } from './ice-servers-request.js';
import { answerJoin } from './join-request.js';
import { answerLeave } from './leave-request.js';
import { MEDIA_REQUESTS } from './media-requests.js';
import type { Answer } from './page.js';
import { answerResume } from './resume-request.js';
import { ROOM_REQUEST_NAMES, roomRequest } from './room-requests.js';
import type { Seat } from './seat.js';

/** Who may answer: the connection as a member of our protocol, and as a page of the classic lesson. */
export interface Answerers {
  readonly seat: Seat;
  readonly classic: ClassicPage;
}

type Route = (who: Answerers, payload: unknown, answer: Answer) => void;

/** The table that joins an event's name to its schema and its handler. */
export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['join', ofSameProtocol(modern(REQUESTS.join, answerJoin))],
  ['resume', ofSameProtocol(modern(REQUESTS.resume, answerResume))],
  ['leave', modern(REQUESTS.leave, answerLeave)],
  [
    'ice-servers',
    checked(REQUESTS['ice-servers'], ({ seat, classic: page }, _payload, answer) =>
      answerIceServers(seat.page, seat.member ?? page.member, answer),
    ),
  ],
  ...ROOM_REQUEST_NAMES.map((name): [RequestName, Route] => [name, plain(name)]),
  ['publish', modern(REQUESTS.publish, MEDIA_REQUESTS.publish)],
  ['unpublish', modern(REQUESTS.unpublish, MEDIA_REQUESTS.unpublish)],
  ['subscribe', modern(REQUESTS.subscribe, MEDIA_REQUESTS.subscribe)],
  ['answer', modern(REQUESTS.answer, MEDIA_REQUESTS.answer)],
  ['unsubscribe', modern(REQUESTS.unsubscribe, MEDIA_REQUESTS.unsubscribe)],
  ['ready', classic(CLASSIC_REQUESTS.ready, answerReady, announceRefusal)],
  ['send', classic(CLASSIC_REQUESTS.send, answerSend)],
  ['signal', classic(CLASSIC_REQUESTS.signal, answerSignal)],
]);

function plain<N extends (typeof ROOM_REQUEST_NAMES)[number]>(name: N): Route {
  return modern(REQUESTS[name] as z.ZodType, roomRequest(name) as Handler<Seat, unknown, unknown>);
}

type Handler<W, P, R> = (who: W, payload: P, answer: (reply: R) => void) => void;

function modern<S extends z.ZodType, R>(schema: S, handle: Handler<Seat, z.output<S>, R>): Route {
  return checked(schema, ({ seat }, payload, answer) => handle(seat, payload, answer as (reply: R) => void));
}

function classic<S extends z.ZodType>(
  schema: S,
  handle: Handler<ClassicPage, z.output<S>, Parameters<Answer>[0]>,
  tellRefusal?: (page: ClassicPage, refusal: Refused) => void,
): Route {
  return checked(
    schema,
    ({ classic: page }, payload, answer) => handle(page, payload, answer),
    ({ classic: page }, refusal) => tellRefusal?.(page, refusal),
  );
}

function checked<S extends z.ZodType>(
  schema: S,
  handle: (who: Answerers, payload: z.output<S>, answer: Answer) => void,
  tellRefusal?: (who: Answerers, refusal: Refused) => void,
): Route {
  return (who, payload, answer) => {
    const read = schema.safeParse(payload);
    if (read.success) return handle(who, read.data, answer);
    const refusal = badRequest(read.error);
    tellRefusal?.(who, refusal);
    answer(refusal);
  };
}

/** A client of another version may write other fields as well: say what is wrong before the schema says what is odd. */
function ofSameProtocol(route: Route): Route {
  return (who, payload, answer) => {
    const version =
      typeof payload === 'object' && payload !== null && 'protocol' in payload ? payload.protocol : undefined;
    if (typeof version !== 'number' || !Number.isInteger(version) || version === PROTOCOL_VERSION) {
      route(who, payload, answer);
    } else {
      answer({
        ok: false,
        error: protocolError('protocol_mismatch', { detail: `the server speaks ${PROTOCOL_VERSION}` }),
      });
    }
  };
}

const DETAIL_CHARS = 200;

function badRequest(error: z.ZodError): Refused {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || 'payload';
  const detail = `${field}: ${issue?.message ?? 'invalid'}`.slice(0, DETAIL_CHARS);
  return { ok: false, error: protocolError('bad_request', { detail }) };
}
