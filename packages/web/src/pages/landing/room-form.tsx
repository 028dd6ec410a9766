import { type FormEvent, useState } from 'react';
import { checkRoomName, type RoomNameProblem } from '../../address/room-name.js';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/text-field.js';
import styles from './room-form.module.css';

export function RoomForm({ onGo }: { readonly onGo: (room: string) => void }) {
  const { landing, roomNameProblem } = useMessages();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<RoomNameProblem>();

  const go = (event: FormEvent) => {
    event.preventDefault();
    const checked = checkRoomName(typed);
    if (checked.ok) onGo(checked.name);
    else setProblem(checked.problem);
  };

  return (
    <form className={styles.form} onSubmit={go} noValidate>
      <TextField
        label={landing.roomName}
        placeholder={landing.roomPlaceholder}
        value={typed}
        problem={problem && roomNameProblem[problem]}
        onChange={(event) => {
          setTyped(event.target.value);
          setProblem(undefined);
        }}
      />
      <Button type="submit" className={styles.go}>
        {landing.go}
      </Button>
    </form>
  );
}
