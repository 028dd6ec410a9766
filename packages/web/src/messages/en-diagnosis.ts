import type { CauseId, Finding } from '@madang/client';

/** `name`: of the person at the other end; empty where a finding is one's own affair. */
export type Sentence = (finding: Finding, name: string) => string;

const SOURCES = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  'screen-audio': 'sound of the screen',
} as const;

const device = ({ source = 'camera' }: Finding): string => SOURCES[source];
const media = ({ source = 'camera' }: Finding): string =>
  ({ microphone: 'sound', camera: 'picture', screen: 'screen', 'screen-audio': 'sound of the screen' })[source];
/** A fact in brackets, if there is one. */
const aside = (value: unknown): string => (value === undefined || value === '' ? '' : ` (${value})`);
const percent = (share: unknown): string => `${Math.round(Number(share ?? 0) * 100)} %`;

const causes: Record<CauseId, { what: Sentence; remedy: Sentence }> = {
  'insecure-page': {
    what: () => 'This page is not secure (HTTPS), so the browser gives it no camera and no microphone.',
    remedy: () => 'Open the address that begins with https://.',
  },
  'permission-denied': {
    what: (finding) => `The browser was told not to let this page use your ${device(finding)}.`,
    remedy: () => 'Click the symbol to the left of the address, allow it there, and try again.',
  },
  'permission-blocked-by-policy': {
    what: (finding) => `The page in which this call is embedded does not let it use your ${device(finding)}.`,
    remedy: () => 'Open the call in a tab of its own, or have the other page allow camera and microphone.',
  },
  'permission-blocked-by-system': {
    what: (finding) => `Your operating system does not let the browser use the ${device(finding)}.`,
    remedy: () => 'Allow the browser in the privacy settings of the system, then restart the browser.',
  },
  'no-device': {
    what: (finding) => `No ${device(finding)} was found.`,
    remedy: () => 'Plug one in or switch it on, or go on without.',
  },
  'device-in-use': {
    what: (finding) => `Your ${device(finding)} could not be started; most likely another program has it.`,
    remedy: () => 'Close other programs and tabs that use it, and try again.',
  },
  'constraints-unmet': {
    what: (finding) => `No ${device(finding)} fits what was asked for.`,
    remedy: () => 'Choose another device, or a lower quality, in the settings.',
  },
  'device-unplugged': {
    what: (finding) =>
      `Your ${device(finding)}${aside(finding.evidence.device)} is gone; it was unplugged or switched off.`,
    remedy: () => 'Plug it in again, or choose another one.',
  },
  'microphone-muted-by-system': {
    what: (finding) =>
      `Your microphone${aside(finding.evidence.device)} is muted outside this page, so the others hear nothing.`,
    remedy: () => 'Look for a mute switch on the device or the keyboard, and in the sound settings of the system.',
  },
  'microphone-silent': {
    what: (finding) => `Your microphone${aside(finding.evidence.device)} is on and gives nothing but silence.`,
    remedy: () => 'Turn it up in the sound settings of the system, or choose another microphone.',
  },
  'camera-frozen': {
    what: (finding) => `Your camera${aside(finding.evidence.device)} is on and gives no new pictures.`,
    remedy: () => 'Open its cover, close other programs that use it, or turn it off and on again.',
  },
  offline: {
    what: () => 'Your computer is not connected to a network.',
    remedy: () => 'Check Wi-Fi or the cable. The call goes on by itself when the network is back.',
  },
  'server-unreachable': {
    what: (finding) => `The server does not answer${aside(`${finding.evidence.attempts ?? 0} attempts`)}.`,
    remedy: () =>
      'The page keeps trying. If others have no trouble, check your network or VPN; else the server is down.',
  },
  'server-refused': {
    what: (finding) => `The server does not let you in${aside(finding.evidence.code)}.`,
    remedy: () => 'Reload the page; if that does not help, ask whoever runs the server.',
  },
  'websocket-blocked': {
    what: () => 'WebSockets do not get through to the server; the page gets by with a slower way.',
    remedy: () => 'A proxy or firewall holds them back: whoever runs it should let WebSockets through.',
  },
  'other-signaling-away': {
    what: (_finding, name) => `${name} has lost the connection to the server, so that no call can be set up.`,
    remedy: () => 'Wait a moment; the call is set up as soon as it is back.',
  },
  'connection-refused': {
    what: (finding, name) =>
      finding.severity === 'blocks'
        ? `The browser made no connection to ${name}${aside(finding.evidence.message)}.`
        : `The browser does not take the address of a STUN or TURN server${aside(finding.evidence.url)}; the call goes on without it.`,
    remedy: (finding) =>
      finding.severity === 'blocks'
        ? 'Reload the page, close other calls, or use another browser.'
        : 'Whoever runs the server should correct the address.',
  },
  'media-server-away': {
    what: () => 'The part of the server that carries sound and picture has failed, or is not there.',
    remedy: () =>
      'It is started again, and the call goes on by itself. If this lasts, whoever runs the server finds the reason in its log.',
  },
  'no-answer': {
    what: (finding, name) =>
      finding.step === 'offer' ? `No offer comes from ${name}.` : `${name} does not answer the offer of a call.`,
    remedy: (_finding, name) => `${name} should reload the page.`,
  },
  'description-refused': {
    what: (finding, name) =>
      `The browser can not use what it agreed on with ${name}${aside(finding.evidence.message)}.`,
    remedy: () => 'Both should reload the page; if that does not help, update the browsers.',
  },
  'description-refused-by-other': {
    what: (_finding, name) => `The browser of ${name} can not use what yours agreed on with it.`,
    remedy: () => 'Both should reload the page; if that does not help, update the browsers.',
  },
  'no-common-codec': {
    what: (finding, name) => `Your browser and that of ${name} have no format for ${media(finding)} in common.`,
    remedy: () => 'One of the two should use another browser, or a newer one.',
  },
  'stun-unreachable': {
    what: (finding) =>
      `The STUN server${aside(finding.evidence.url)} does not answer, so this side does not learn its public address.`,
    remedy: () => 'Check its address, and that the firewall lets UDP through to it.',
  },
  'turn-unreachable': {
    what: (finding) =>
      `The TURN server${aside(finding.evidence.url)} can not be reached, so there is no detour for the call.`,
    remedy: () => 'Check its address and port, and that it runs; a firewall may need turns: on TCP port 443.',
  },
  'turn-unauthorized': {
    what: (finding) =>
      `The TURN server${aside(finding.evidence.url)} refuses us (code ${finding.evidence.code ?? '?'}).`,
    remedy: () => 'Its user name or password is wrong or has expired: whoever runs the server should renew them.',
  },
  'turn-quota': {
    what: (finding) =>
      `The TURN server${aside(finding.evidence.url)} gives you no further relay: you have as many as one may have (${finding.evidence.code ?? 486}).`,
    remedy: () =>
      'Close other tabs with calls; what they leave ends within minutes. Whoever runs the server can allow more.',
  },
  'turn-full': {
    what: (finding) =>
      `The TURN server${aside(finding.evidence.url)} has no room for another relay (${finding.evidence.code ?? 508}).`,
    remedy: () => 'Try again later; whoever runs the server can allow more relays, or a wider range of ports.',
  },
  'no-candidates': {
    what: () => 'Your browser gave no address at which it could be reached.',
    remedy: () => 'Switch off extensions and VPN rules that hide addresses (“WebRTC leak” protection), and reload.',
  },
  'no-candidates-from-other': {
    what: (_finding, name) => `${name} gave no address at which to reach them.`,
    remedy: (_finding, name) => `${name} should switch off extensions that hide addresses, and reload the page.`,
  },
  'hidden-addresses': {
    what: (_finding, name) =>
      `There is no path to ${name}: the browsers hide their addresses behind names that can’t be found.`,
    remedy: () =>
      'Allow the microphone or camera on both sides, which shows the addresses; or add a STUN or TURN server.',
  },
  'only-local-addresses': {
    what: (_finding, name) => `There is no path to ${name}: both sides offered only addresses of their own network.`,
    remedy: () => 'Join the same network, or let whoever runs the server set up a relay (TURN) server.',
  },
  'relay-refuses-other': {
    what: (_finding, name) =>
      `There is no path to ${name}: your relay (TURN) server does not pass anything on to those addresses.`,
    remedy: () =>
      'They are of a private network, most likely: the other side needs a relay too, or the server must allow them as peers.',
  },
  'checks-unanswered': {
    what: (_finding, name) =>
      `There is no path to ${name}: nothing that was sent to the addresses of the other side was answered.`,
    remedy: () => 'A firewall drops the packets (UDP). Try another network, or a relay (TURN) over TCP or TLS.',
  },
  'path-lost': {
    what: (_finding, name) => `The path to ${name} is lost.`,
    remedy: () => 'It is looked for anew by itself. If this lasts, check the network on both sides.',
  },
  'dtls-failed': {
    what: (_finding, name) => `There is a path to ${name}, but the encryption could not be agreed on.`,
    remedy: () => 'Reload on both sides. If it stays, a firewall or an old browser is in the way.',
  },
  'sound-blocked': {
    what: (_finding, name) => `The browser holds back the sound of ${name} until you click.`,
    remedy: () => 'Click anywhere on the page.',
  },
  'other-muted-by-system': {
    what: (finding, name) => `The ${device(finding)} of ${name} is held back by the system or a switch on the device.`,
    remedy: (finding, name) =>
      `${name} should look for a switch on the ${device(finding)} and in the settings of the system.`,
  },
  'other-silent': {
    what: (_finding, name) => `The microphone of ${name} is on and gives nothing but silence.`,
    remedy: (_finding, name) => `${name} should turn it up, or choose another microphone.`,
  },
  'other-without-device': {
    what: (finding, name) => `The browser of ${name} could not open a ${device(finding)}.`,
    remedy: (_finding, name) => `${name} finds the reason in the inspector over there.`,
  },
  'sender-stalled': {
    what: (finding, name) =>
      finding.evidence.side === 'other'
        ? `The browser of ${name} sends no ${media(finding)}, though the ${device(finding)} is on.`
        : `Your ${device(finding)} is on, and nothing of it goes out to ${name}.`,
    remedy: (finding, name) =>
      finding.evidence.side === 'other'
        ? `${name} should turn the ${device(finding)} off and on again, or reload the page.`
        : `Turn the ${device(finding)} off and on again, or reload the page.`,
  },
  'media-dropped': {
    what: (finding, name) => `${name} sends ${media(finding)}, and nothing of it arrives here.`,
    remedy: () => 'Something on the way drops it. Reload the page; if it stays, try another network or a relay (TURN).',
  },
  'encryption-locked': {
    what: (_finding, name) => `Sound and picture of ${name} are encrypted with a key that is not the one of this page.`,
    remedy: () =>
      'Open the whole link, with what stands behind the #. Whoever has the right key sees the same digits by the lock.',
  },
  'not-decoded': {
    what: (finding, name) =>
      `The ${media(finding)} of ${name} arrives and can not be decoded${aside(finding.evidence.codec)}.`,
    remedy: () => 'Reload the page. If it stays, one of the two should use another browser.',
  },
  'not-rendered': {
    what: (finding, name) => `The ${media(finding)} of ${name} is here, and the page does not play it.`,
    remedy: () => 'Click on the page, or reload it.',
  },
  'thin-line': {
    what: (finding, name) =>
      `The line to ${name} is too thin for your picture${
        finding.evidence.bps === undefined ? '' : ` (about ${Math.round(Number(finding.evidence.bps) / 1000)} kb/s)`
      }; its quality is reduced.`,
    remedy: () => 'Stop downloads, move closer to the Wi-Fi, or turn the camera off to help the sound.',
  },
  'packet-loss': {
    what: (finding, name) =>
      finding.evidence.direction === 'sent'
        ? `${percent(finding.evidence.share)} of what you send to ${name} is lost on the way.`
        : `${percent(finding.evidence.share)} of what ${name} sends is lost on the way.`,
    remedy: () => 'Use a cable or a better Wi-Fi, and stop what else uses the line.',
  },
  'long-delay': {
    what: (finding, name) =>
      `It takes ${Math.round(Number(finding.evidence.roundTripMs ?? 0))} ms to ${name} and back: you will interrupt each other.`,
    remedy: () => 'Stop what else uses the line, or leave a VPN; a relay far away may be the reason too.',
  },
  'slow-computer': {
    what: () => 'Your computer is too slow for the picture it has to send; its quality is reduced.',
    remedy: () => 'Close other programs and tabs, switch effects off, or choose a lower quality.',
  },
};

/** What people read in English about a call in which something is wrong. */
export const enDiagnosis = { diagnosis: { causes } };
