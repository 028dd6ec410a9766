// Over plain http from another machine a browser has no camera for the page: say so, and where to go instead.
import { put } from './language.js';
import { make } from './make.js';
import { place } from './place.js';

export async function showInsecure() {
  const box = make('div', { className: 'warning', role: 'alert' });
  const heading = make('h2');
  const why = make('p');
  put(heading, 'insecureHeading');
  put(why, 'insecureWhy');
  box.append(heading, why);
  document.querySelector('main').prepend(box);
  const { httpsPort } = await place;
  const way = make('p');
  if (httpsPort === null) {
    put(way, 'insecureNoHttps');
  } else {
    const secure = new URL(location.href);
    secure.protocol = 'https:';
    secure.port = String(httpsPort);
    const link = make('a', { href: secure.href });
    const trust = make('a', { href: '../trust' });
    put(link, 'insecureOpen');
    put(trust, 'insecureTrust');
    way.append(link, make('br'), trust);
  }
  box.append(way);
}
