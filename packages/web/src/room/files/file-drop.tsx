import { FileUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { toast } from '../../state/notices.js';
import styles from './file-drop.module.css';
import { useFileActions } from './use-file-actions.js';

/** Files dropped anywhere in the room go to everyone, dropped on a person's tile to that person; pasted ones to everyone. */
export function FileDrop() {
  const { files } = useMessages();
  const { send } = useFileActions();
  const members = useCallState((state) => state.view.members);
  const others = members.filter(({ isSelf }) => !isSelf);
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    const offer = (list: DataTransfer, to: string) => {
      if (others.length === 0) toast(files.dropAlone);
      else if ([...list.items].some((item) => item.webkitGetAsEntry()?.isDirectory)) toast(files.noFolder);
      else send([...list.files], to);
    };
    const receiver = (event: DragEvent): string => {
      const id = (event.target as Element | null)?.closest?.('[data-member]')?.getAttribute('data-member');
      return others.some((other) => other.id === id) ? id! : 'everyone';
    };
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = others.length === 0 ? 'none' : 'copy';
      setTarget(receiver(event));
    };
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setTarget(null);
    const onDrop = (event: DragEvent) => {
      setTarget(null);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      offer(event.dataTransfer, receiver(event));
    };
    const onPaste = (event: ClipboardEvent) => {
      if (event.clipboardData === null || event.clipboardData.files.length === 0) return;
      event.preventDefault();
      offer(event.clipboardData, 'everyone');
    };
    const listeners = { dragover: onOver, dragleave: onLeave, drop: onDrop, paste: onPaste };
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name, listener as EventListener);
      }
    };
  }, [files, others, send]);

  if (target === null) return null;
  const name = others.find(({ id }) => id === target)?.name;
  return (
    <div className={styles.overlay} role="status">
      <div className={styles.card}>
        <FileUp aria-hidden />
        <p className={styles.what}>
          {others.length === 0
            ? files.dropAlone
            : name === undefined
              ? others.length === 1
                ? files.dropForOne(others[0]!.name)
                : files.dropForEveryone
              : files.dropForOne(name)}
        </p>
        {others.length > 1 && <p className={styles.hint}>{files.dropOnPerson}</p>}
      </div>
    </div>
  );
}
