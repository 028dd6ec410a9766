import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { useMessages } from '../state/language-store.js';
import { dismissToast, notices } from '../state/notices.js';
import styles from './toaster.module.css';

/** The toasts of the moment, and the two places from which announcements are read out. Once per page. */
export function Toaster() {
  const { toasts, polite, urgent } = useStore(notices);
  const { app } = useMessages();
  return (
    <>
      <ul className={styles.toaster} aria-live="polite" aria-relevant="additions">
        {toasts.map((toast) => (
          <li key={toast.id} className={styles.toast}>
            <span className={styles.text} aria-hidden={toast.isQuiet}>
              {toast.text}
            </span>
            {toast.action && (
              <button
                type="button"
                className={styles.action}
                onClick={() => {
                  toast.action?.run();
                  dismissToast(toast.id);
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button
              type="button"
              className={styles.dismiss}
              aria-label={app.dismiss}
              onClick={() => dismissToast(toast.id)}
            >
              <X size={18} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <div className="visually-hidden" aria-live="polite">
        {polite}
      </div>
      <div className="visually-hidden" role="alert" aria-live="assertive">
        {urgent}
      </div>
    </>
  );
}
