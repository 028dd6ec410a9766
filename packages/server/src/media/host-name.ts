/** A `Host` header without its port and brackets; empty when it is none. */
export function hostName(header: string): string {
  const [, address, name] = /^(?:\[([0-9a-f:.]+)\]|([\p{L}\p{N}._-]+))(?::\d+)?$/iu.exec(header) ?? [];
  return address ?? name ?? '';
}
