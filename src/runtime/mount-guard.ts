// Keeps a job's links from deciding what a later job sees.
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';
import { isWithin } from '../task/within.ts';
import type { Mount } from './port.ts';

/**
 * Resolves mounts to real paths and remembers every folder that a job could write to. A later mount inside such a
 * folder must not lead out of it: untrusted code may have left a symbolic link to somewhere private in its place.
 */
export class MountGuard {
  readonly #written = new Set<string>();

  /** The mounts with real host paths. @throws ForgeError when one does not exist or leads out of a work folder. */
  async check(mounts: readonly Mount[]): Promise<readonly Mount[]> {
    const resolved = await Promise.all(mounts.map(async (mount) => ({ ...mount, host: await this.#resolve(mount) })));
    for (const mount of mounts) if (mount.access === 'write') this.#written.add(path.resolve(mount.host));
    return resolved;
  }

  async #resolve({ host }: Mount): Promise<string> {
    const asked = path.resolve(host);
    const real = await realpath(asked).catch(() => undefined);
    if (real === undefined)
      throw new ForgeError(
        'MOUNT_MISSING',
        `${host} does not exist.`,
        'Check the path, or run the step that makes it.',
      );
    for (const folder of this.#written) {
      if (!isWithin(asked, folder)) continue;
      const boundary = await realpath(folder).catch(() => folder);
      if (isWithin(real, boundary)) continue;
      throw new ForgeError(
        'MOUNT_ESCAPES',
        `${host} is a link that leads out of its work folder.`,
        'Generated code replaced an output folder by a link: remove the work folder and run again.',
      );
    }
    return real;
  }
}
