import { expect, test } from 'vitest';
import { inEnglish } from '../verdict.js';
import { type ContainerReading, judgeContainer } from './container.js';

const BARE: ContainerReading = {
  dockerFile: false,
  podmanFile: false,
  kubernetesHost: false,
  variable: undefined,
  cgroup: '0::/user.slice\n',
  addresses: ['127.0.0.1', '8.8.4.4'],
  announce: [],
};

test.each<[string, Partial<ContainerReading>, string]>([
  ['nothing', {}, 'none seen'],
  ['Docker’s file', { dockerFile: true }, 'Docker'],
  ['Docker’s control group', { cgroup: '12:cpu:/docker/0f3c\n' }, 'Docker'],
  ['Podman’s file', { podmanFile: true, variable: 'podman' }, 'Podman'],
  ['a pod', { dockerFile: true, kubernetesHost: true }, 'Kubernetes'],
  ['a pod’s control group', { cgroup: '0::/kubepods/burstable/pod1\n' }, 'Kubernetes'],
  ['LXC', { variable: 'lxc' }, 'LXC'],
  ['another one', { variable: 'systemd-nspawn' }, 'systemd-nspawn'],
])('%s', (_what, changes, value) => {
  expect(inEnglish(judgeContainer({ ...BARE, ...changes }))).toMatchObject({ status: 'ok', value });
});

test('a container with inner addresses only needs to announce one', () => {
  const bridged = { ...BARE, dockerFile: true, addresses: ['127.0.0.1', '172.17.0.2'] };
  expect(inEnglish(judgeContainer(bridged))).toMatchObject({
    status: 'warn',
    value: 'Docker; its addresses 172.17.0.2 are the container’s own',
  });
  expect(judgeContainer({ ...bridged, announce: ['192.168.0.5'] }).status).toBe('ok');
});
