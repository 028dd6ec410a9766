import { addressKind, reaching } from '../address-kind.js';
import { ok, type Verdict, warn } from '../verdict.js';

/** What of a container is seen from within. */
export interface ContainerReading {
  /** Whether `/.dockerenv` is there. */
  readonly dockerFile: boolean;
  /** Whether `/run/.containerenv` is there. */
  readonly podmanFile: boolean;
  /** Whether the environment names a Kubernetes API server. */
  readonly kubernetesHost: boolean;
  /** The variable `container`, which systemd-nspawn, LXC and Podman set. */
  readonly variable: string | undefined;
  /** `/proc/self/cgroup`. */
  readonly cgroup: string;
  readonly addresses: readonly string[];
  readonly announce: readonly string[];
}

export function judgeContainer(reading: ContainerReading): Verdict {
  const kind = containerKind(reading);
  if (kind === undefined) return ok((m) => m.doctor.container.none);
  const usable = reaching(reading.addresses);
  const inner = usable.length > 0 && usable.every((address) => addressKind(address) !== 'public');
  if (!inner || reading.announce.length > 0) return ok((m) => m.doctor.container.seen(kind));
  return warn(
    (m) => m.doctor.container.bridged(kind, usable.join(', ')),
    (m) => m.doctor.container.remedy,
  );
}

function containerKind(reading: ContainerReading): string | undefined {
  if (reading.kubernetesHost || /\bkubepods\b/.test(reading.cgroup)) return 'Kubernetes';
  if (reading.podmanFile || reading.variable === 'podman' || /\blibpod\b/.test(reading.cgroup)) return 'Podman';
  if (reading.dockerFile || /\/docker[/-]/.test(reading.cgroup)) return 'Docker';
  if (reading.variable?.startsWith('lxc') || /\/lxc[./]/.test(reading.cgroup)) return 'LXC';
  return reading.variable || undefined;
}
