import { type FormEvent, useState } from 'react';
import { useDesk } from '../../devices/desk-context.js';
import type { RefusalCode } from '../../state/call.js';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { prefer, preferences } from '../../state/preferences.js';
import { Button } from '../../ui/button.js';
import { LinkButton } from '../../ui/link-button.js';
import { TextField } from '../../ui/text-field.js';
import styles from './join-form.module.css';
import { joinWishes } from './join-wishes.js';
import { checkMemberName, type MemberNameProblem } from './member-name.js';

interface JoinFormProps {
  readonly refusal: RefusalCode | undefined;
  readonly isEntering: boolean;
  readonly hasDevices: boolean;
}

export function JoinForm({ refusal, isEntering, hasDevices }: JoinFormProps) {
  const call = useCall();
  const desk = useDesk();
  const { door, watch, memberNameProblem, errors } = useMessages();
  const [typed, setTyped] = useState(() => preferences.getState().name);
  const [problem, setProblem] = useState<MemberNameProblem>();

  const join = (withDevices: boolean) => {
    const checked = checkMemberName(typed);
    if (!checked.ok) return setProblem(checked.problem);
    performance.mark('madang:join-click');
    prefer({ name: checked.name });
    // Joining does not wait for devices: what opens later is published then.
    if (withDevices) void desk.startWanted();
    else desk.media.close();
    void call.join(checked.name, joinWishes(window.location.search));
  };

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        join(hasDevices);
      }}
    >
      <TextField
        label={door.yourName}
        autoComplete="nickname"
        autoFocus
        value={typed}
        problem={problem && memberNameProblem[problem]}
        onChange={(event) => {
          setTyped(event.target.value);
          setProblem(undefined);
        }}
      />
      {refusal !== undefined && (
        <p className={styles.refusal} role="alert">
          {errors[refusal]}
        </p>
      )}
      {refusal === 'room_through_server' && (
        <LinkButton href={`/watch/${encodeURIComponent(call.roomName)}`} look="primary" size="large">
          {watch.link}
        </LinkButton>
      )}
      <Button type="submit" look="primary" size="large" isWide disabled={isEntering}>
        {isEntering ? door.joining : door.join}
      </Button>
      {hasDevices && (
        <Button look="quiet" isWide disabled={isEntering} onClick={() => join(false)}>
          {door.joinWithout}
        </Button>
      )}
    </form>
  );
}
