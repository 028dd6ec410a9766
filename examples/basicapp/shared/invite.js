// "Open this page in a second tab or on your phone": a link, the address, and a QR code.
import { put } from './language.js';
import { make } from './make.js';
import { addressElsewhere } from './place.js';

export async function showInvitation(box) {
  const again = make('a', { href: location.href, target: '_blank', rel: 'noopener', className: 'button' });
  put(again, 'secondTab');
  box.append(again);
  const address = await addressElsewhere().catch(() => null);
  const summary = make('summary');
  const phone = make('details', {}, summary);
  put(summary, 'secondDevice');
  const text = make('p');
  phone.append(text);
  if (address === null) {
    put(text, 'onlyHere');
  } else {
    put(text, 'scan');
    const code = make('img', { className: 'qr', src: `qr.svg?address=${encodeURIComponent(address)}` });
    code.alt = address;
    phone.append(code, make('p', {}, make('a', { href: address }, address)));
  }
  box.append(phone);
}
