// Watches folders one by one. The editor's own watcher is recursive, but on Linux it never sees into a folder that came
// with its contents (parcel-bundler/watcher, InotifyBackend.cc, handleSubscription): a task is published by a rename.
import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { isWithin } from '../../task/within.ts';

export class FolderWatches {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed: (place: string) => void;

  /** `changed` is told the entry of a watched folder that appeared, changed or went, or the folder when it went itself. */
  constructor(changed: (place: string) => void) {
    this.#changed = changed;
  }

  /** Watches a folder from here on, not what is in its folders. One that cannot be watched is passed over. */
  add(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => this.#take(folder, event, name));
      watcher.on('error', () => this.removeBelow(folder));
      this.#watchers.set(folder, watcher);
    } catch {
      // It is not there, or the system has no watch left: the editor's watcher may still tell.
    }
  }

  /** Ends the watches of a folder and of all below it. */
  removeBelow(folder: string): void {
    for (const [watched, watcher] of this.#watchers) {
      if (!isWithin(watched, folder)) continue;
      watcher.close();
      this.#watchers.delete(watched);
    }
  }

  dispose(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #take(folder: string, event: string, name: string | null): void {
    // A watch belongs to a folder, not to its path: one that was moved or deleted says nothing of what comes in its place.
    const mayBeGone = event === 'rename' && (name === null || name === path.basename(folder));
    if (mayBeGone) this.removeBelow(folder);
    if (mayBeGone || name === null) this.#changed(folder);
    if (name !== null) this.#changed(path.join(folder, name));
  }
}
