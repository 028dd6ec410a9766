/** Where this page is: `httpsPort`, and `elsewhere`, the address under which another device finds the course. */
export const place = fetch('place.json').then((reply) => reply.json());

/** The address of this page for another device; null when only this machine can reach it. */
export async function addressElsewhere() {
  const { elsewhere } = await place;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
  if (elsewhere === null) return isHere ? null : location.href;
  return new URL(location.pathname.split('/').at(-1) + location.search, elsewhere).href;
}
