// A zip archive of one member, by the format's own rules (PKWARE APPNOTE 4.3): Node brings no writer.
import { crc32, deflateRawSync } from 'node:zlib';

const version = 20;
const deflated = 8;

/** The bytes of an archive that holds `content` under `name`. */
export function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const path = Buffer.from(name);
  // From the version that extracts it to the length of the extra field: the same in both headers.
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(version, 0);
  facts.writeUInt16LE(deflated, 4);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, path, packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([version, 0]), facts, Buffer.alloc(14), path]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
