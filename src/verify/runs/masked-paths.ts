// Reports name no folder of this machine: what a job says about its mounts is told by their names.

/** The text with each host path, and the place of the same mount inside the sandbox, replaced by the mount's name. */
export function maskPaths(text: string, mounts: Readonly<Record<string, string>>): string {
  // Longest first, for one mount may lie inside another.
  const places = Object.entries(mounts).sort(([, a], [, b]) => b.length - a.length);
  return places.reduce((masked, [name, host]) => masked.replaceAll(host, name).replaceAll(`/mnt/${name}`, name), text);
}
