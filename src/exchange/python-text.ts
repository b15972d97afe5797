// What can be told of a Python file without running it and without a parser: enough to recognise a grader. The checks
// read the syntax tree.

export interface PythonFunction {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly annotation: string; readonly optional: boolean }[];
}

const FUNCTION = /^def\s+(\w+)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/gm;
const CLASS = /^class\s+(\w+)\s*\(([^)]*)\)/gm;
const IMPORT = /^[ \t]*(?:from\s+([\w.]+)\s+import\s+([^\n#]+)|import\s+([^\n#]+))/gm;

/** Functions at the start of a line, with their parameters. */
export function functionsIn(source: string): PythonFunction[] {
  return [...source.matchAll(FUNCTION)].map(([, name = '', list = '']) => ({
    name,
    parameters: parametersOf(list),
  }));
}

function parametersOf(list: string): PythonFunction['parameters'] {
  const parts: string[] = [];
  let depth = 0;
  for (const character of list.replace(/#[^\n]*/g, '')) {
    if ('[({'.includes(character)) depth += 1;
    if ('])}'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts
    .map((part) => part.trim())
    .filter((part) => /^\w/.test(part))
    .map((part) => {
      const [declared = '', ...value] = part.split('=');
      const [name = '', annotation = ''] = declared.split(':').map((piece) => piece.trim());
      return { name, annotation, optional: value.length > 0 };
    });
}

/** Classes at the start of a line that derive from `base`, by whatever module it comes from. */
export function subclassesIn(source: string, base: string): string[] {
  const derives = (bases: string): boolean => bases.split(',').some((each) => each.trim().split('.').at(-1) === base);
  return [...source.matchAll(CLASS)].flatMap(([, name = '', bases = '']) => (derives(bases) ? [name] : []));
}

/** Dotted modules that a source imports, and for `from a import b` also `a.b`, which may be a module. */
export function importsIn(source: string): string[] {
  const found = [...source.matchAll(IMPORT)].flatMap(([, from, names = '', plain]) => {
    if (from !== undefined) {
      const parts = names.replace(/[()]/g, '').split(',');
      return [from, ...parts.map((each) => `${from}.${(each.trim().split(/\s+/)[0] ?? '').trim()}`)];
    }
    return (plain ?? '').split(',').map((each) => each.trim().split(/\s+/)[0] ?? '');
  });
  return [...new Set(found)].filter((name) => /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name));
}
