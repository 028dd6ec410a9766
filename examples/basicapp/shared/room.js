// The room of the page stands in its address, so that the address is the invitation.

const address = new URL(location.href);

/** The name of the room; a new one for whoever comes without. */
export const room = address.searchParams.get('room') || newName();

if (address.searchParams.get('room') !== room) {
  address.searchParams.set('room', room);
  history.replaceState(null, '', address);
}

/** Hard to guess: whoever knows the name is in. (`crypto.randomUUID` is for secure pages only.) */
function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return `lesson-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
