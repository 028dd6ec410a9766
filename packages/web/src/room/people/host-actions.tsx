import { MenuItem } from '../../ui/menu.js';
import type { HostPowers } from './use-host-powers.js';

/** A host's powers as items of a menu. */
export function HostActions({ powers }: { readonly powers: HostPowers }) {
  return powers.items.map((power) => (
    <MenuItem key={power.key} icon={power.icon} isDanger={power.isDanger ?? false} onSelect={power.run}>
      {power.label}
    </MenuItem>
  ));
}
