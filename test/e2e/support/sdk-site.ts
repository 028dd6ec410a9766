import { readdirSync, readFileSync } from 'node:fs';
import { inCheckout } from './checkout.js';
import { StaticSite } from './static-site.js';

/** Where each module of the page is looked for, by the name that it is imported under. */
const IMPORTS = {
  '@madang/client': '/client/index.js',
  'socket.io-client': '/socket.io.js',
  '@noble/hashes/': '/noble/',
};

/** A page of its own with the built SDK as `window.madang`, by an import map, as a page without a bundler would have it. */
export async function sdkSite(): Promise<StaticSite> {
  const files: Record<string, string> = {
    '/': [
      '<!doctype html><title>rooms</title>',
      `<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`,
      '<script type="module">import * as madang from \'@madang/client\'; window.madang = madang;</script>',
    ].join(''),
    '/socket.io.js': readFileSync(inCheckout('node_modules/socket.io-client/dist/socket.io.esm.min.js'), 'utf8'),
    ...scripts('packages/client/dist', '/client'),
    ...scripts('node_modules/@noble/hashes', '/noble'),
  };
  return await StaticSite.of(files);
}

function scripts(folder: string, at: string): Record<string, string> {
  const names = readdirSync(inCheckout(folder), { recursive: true }).map(String);
  const found = names.filter((name) => name.endsWith('.js'));
  return Object.fromEntries(
    found.map((name) => [`${at}/${name}`, readFileSync(inCheckout(`${folder}/${name}`), 'utf8')]),
  );
}
