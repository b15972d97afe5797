// Python packages that generated files import, besides the standard library.

/** Import name by package, for the packages that a task may use. */
const importNames: readonly [packageName: string, importName: string][] = [
  ['numpy', 'numpy'],
  ['openpyxl', 'openpyxl'],
  ['pandas', 'pandas'],
  ['pillow', 'PIL'],
  ['pyarrow', 'pyarrow'],
  ['scikit-learn', 'sklearn'],
  ['scipy', 'scipy'],
  ['soundfile', 'soundfile'],
];

/** The packages that the scripts import, sorted. */
export function requiredPackages(scripts: readonly string[]): string[] {
  return importNames
    .filter(([, name]) => scripts.some((script) => new RegExp(`^(?:import|from) ${name}\\b`, 'm').test(script)))
    .map(([packageName]) => packageName);
}
