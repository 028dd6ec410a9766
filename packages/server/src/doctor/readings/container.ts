import { access, readFile } from 'node:fs/promises';
import type { ContainerReading } from '../checks/container.js';

/** What of a container is seen from within; `addresses` and `announce` are passed on. */
export async function readContainer(
  network: Pick<ContainerReading, 'addresses' | 'announce'>,
): Promise<ContainerReading> {
  const exists = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  return {
    dockerFile: await exists('/.dockerenv'),
    podmanFile: await exists('/run/.containerenv'),
    kubernetesHost: process.env.KUBERNETES_SERVICE_HOST !== undefined,
    variable: process.env.container,
    cgroup: await readFile('/proc/self/cgroup', 'utf8').catch(() => ''),
    ...network,
  };
}
