// Makes sure that the foreign WebRTC stacks from Debian are there: GStreamer, aiortc, and Pion with a Go to build it.
// libdatachannel and libwebrtc come from npm. As a command: `node scripts/foreign-stacks.mjs`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensurePackages, isOnPath } from './debian.mjs';

const NEEDS = [
  { package: 'python3-aiortc', present: () => runs('/usr/bin/python3', ['-c', 'import aiortc']) },
  { package: 'python3-gst-1.0', present: () => runs('/usr/bin/python3', ['-c', 'import gi']) },
  { package: 'gir1.2-gst-plugins-bad-1.0', present: () => gstreamerHas('webrtcbin') },
  { package: 'gstreamer1.0-plugins-bad', present: () => gstreamerHas('webrtcbin') },
  { package: 'gstreamer1.0-plugins-good', present: () => gstreamerHas('rtpvp8pay') },
  { package: 'gstreamer1.0-plugins-base', present: () => gstreamerHas('opusenc') },
  { package: 'gstreamer1.0-plugins-ugly', present: () => gstreamerHas('x264enc') },
  { package: 'gstreamer1.0-nice', present: () => gstreamerHas('nicesink') },
  { package: 'gstreamer1.0-tools', present: () => isOnPath('gst-inspect-1.0') },
  { package: 'golang-go', present: () => isOnPath('go') },
  {
    package: 'golang-github-pion-webrtc.v3-dev',
    present: () => existsSync('/usr/share/gocode/src/github.com/pion/webrtc/peerconnection.go'),
  },
];

/** Installs what is missing when this user may. Returns false, after saying what to do, when something is still missing. */
export function ensureForeignStacks() {
  return ensurePackages(NEEDS, 'The tests with foreign stacks');
}

function runs(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function gstreamerHas(element) {
  return runs('gst-inspect-1.0', [element]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (ensureForeignStacks()) console.log('GStreamer, aiortc, Pion and Go are there.');
  else process.exitCode = 1;
}
