/** A Binding request of `attributeBytes` bytes of one comprehension-optional attribute, not signed (RFC 8489 §5). */
export function stunRequest(attributeBytes = 0): Buffer {
  const attribute = Buffer.alloc(attributeBytes, 0x2e);
  if (attributeBytes >= 4) {
    attribute.writeUInt16BE(0x8022, 0);
    attribute.writeUInt16BE(attributeBytes - 4, 2);
  }
  const header = Buffer.from('000100002112a4420102030405060708090a0b0c', 'hex');
  header.writeUInt16BE(attributeBytes, 2);
  return Buffer.concat([header, attribute]);
}
