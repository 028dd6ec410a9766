import { type Fact, SERVER_PUBLISH, SERVER_SUBSCRIBE } from '@madang/client';
import details from '../details/details.module.css';
import { WideTable } from '../details/wide-table.js';
import section from '../inspector.module.css';
import { type InspectorTexts, useTexts } from '../inspector-texts.js';
import { memberNames } from '../model/connections.js';
import { durationText, elapsedText } from '../model/elapsed.js';
import { lineOf, type MeasuredLeg, type Stream, streamsOf } from '../model/legs.js';
import { type Move, movesOf } from '../model/moves.js';

/** What goes through the media server: each stream with both of its legs, and how the call came onto this way. */
export function ServedSection({ facts }: { readonly facts: readonly Fact[] }) {
  const { served } = useTexts();
  const moves = movesOf(facts);
  const streams = streamsOf(facts);
  const line = lineOf(facts);
  const isServed = facts.some((fact) => 'peer' in fact && [SERVER_PUBLISH, SERVER_SUBSCRIBE].includes(fact.peer));
  if (!isServed && moves.length === 0) return null;
  return (
    <section className={section.section} aria-label={served.heading} data-served>
      <h3 className={section.heading}>{served.heading}</h3>
      {moves.length > 0 && (
        <ol className={details.block} aria-label={served.moves}>
          {moves.map((move) => (
            <li key={move.begunMs} data-move={move.to}>
              {moveText(move, served)}
            </li>
          ))}
        </ol>
      )}
      {line !== undefined && (
        <p className={details.block} data-line>
          {served.line(Math.round(line.bps / 1_000), line.queueMs, (line.loss * 100).toFixed(1))}
        </p>
      )}
      {streams.length > 0 && <StreamTable streams={streams} names={memberNames(facts)} />}
    </section>
  );
}

function moveText(
  { to, begunMs, openedAfterMs, arrivedAfterMs, doneAfterMs }: Move,
  served: InspectorTexts['served'],
): string {
  const parts = [
    served.moved[to](elapsedText(begunMs, 0)),
    openedAfterMs !== undefined && served.opened(durationText(openedAfterMs)),
    arrivedAfterMs === undefined ? served.underway : served.arrived(durationText(arrivedAfterMs)),
    doneAfterMs !== undefined && served.done(durationText(doneAfterMs)),
  ];
  return parts.filter(Boolean).join(' ');
}

interface StreamTableProps {
  readonly streams: readonly Stream[];
  readonly names: ReadonlyMap<string, string>;
}

function StreamTable({ streams, names }: StreamTableProps) {
  const { inspector, served } = useTexts();
  const nameOf = (stream: Stream) => {
    const source = stream.source === undefined ? '?' : inspector.source[stream.source];
    return `${stream.whose === 'own' ? inspector.you : (names.get(stream.member) ?? stream.member)}: ${source}`;
  };
  return (
    <WideTable label={served.heading}>
      <thead>
        <tr>
          <th scope="col">{served.stream}</th>
          <th scope="col">{served.up}</th>
          <th scope="col">{served.down}</th>
        </tr>
      </thead>
      <tbody>
        {streams.map((stream) => (
          <tr key={stream.key} data-stream={stream.key}>
            <th scope="row">{nameOf(stream)}</th>
            <td>{upText(stream, served)}</td>
            <td>{downText(stream, served)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

function upText(stream: Stream, served: InspectorTexts['served']): string {
  if (stream.whose === 'other') return served.sends[stream.sends as keyof typeof served.sends] ?? served.untold;
  const { wanted } = stream;
  return [measured(stream.up, served), wanted && served.wanted(wanted.sent, wanted.all)].filter(Boolean).join(' · ');
}

function downText(stream: Stream, served: InspectorTexts['served']): string {
  if (stream.whose === 'own') return stream.told === 0 ? served.untold : served.played(stream.played, stream.told);
  const { forwarded } = stream;
  const layer = forwarded && [
    forwarded.layer === null ? served.nothing : served.layer(forwarded.layer + 1),
    served.reason[forwarded.reason],
  ];
  return [measured(stream.down, served), ...(layer ?? [])].join(' · ');
}

function measured({ track, roundTripMs }: MeasuredLeg, served: InspectorTexts['served']): string {
  const parts = [
    track.bps !== undefined && `${Math.round(track.bps / 1_000)} kbit/s`,
    track.width !== undefined && track.height !== undefined && `${track.width}×${track.height}`,
    track.loss !== undefined && served.loss((track.loss * 100).toFixed(1)),
    roundTripMs !== undefined && served.roundTrip(Math.round(roundTripMs)),
  ];
  return parts.filter(Boolean).join(' · ') || served.untold;
}
