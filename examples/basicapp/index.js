// The front page of the course: its steps, and the whole path of a call.
import { showInvitation } from './shared/invite.js';
import { openPage, put, room } from './shared/page.js';
import { text } from './text/index.js';

openPage({ text });

// All steps meet in the same room.
for (const link of document.querySelectorAll('a[data-step]')) {
  link.href = `step-${link.dataset.step}.html?room=${encodeURIComponent(room)}`;
}
put(document.getElementById('second'), 'second', { room });
document.getElementById('app').href = `../r/${encodeURIComponent(room)}`;
void showInvitation(document.getElementById('invitation'));
