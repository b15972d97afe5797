// Reads a file while it grows.
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 150;
const CHUNK = 65_536;

/** Passes on what is appended to a file, which may not be there yet. The returned function reads the rest and ends it. */
export function followFile(file: string, write: (text: string) => void): () => Promise<void> {
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(CHUNK);
  let offset = 0;
  let going = true;
  const readOn = async (): Promise<void> => {
    const handle = await open(file).catch(() => null);
    if (handle === null) return;
    try {
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, CHUNK, offset);
        if (bytesRead === 0) return;
        offset += bytesRead;
        write(decoder.decode(buffer.subarray(0, bytesRead), { stream: true }));
      }
    } finally {
      await handle.close();
    }
  };
  const loop = (async () => {
    while (going) {
      await readOn();
      await sleep(LOOK_MS);
    }
  })();
  return async () => {
    going = false;
    await loop;
    await readOn();
  };
}
