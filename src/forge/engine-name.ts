// Which model plays which role, and the one line that says it: in the journal, in the provenance, for a run that is resumed.
import { type AgentName, agentNames } from '../agents/loop/events.ts';
import { ForgeError } from '../task/errors.ts';

/** The engine of rules, without a model. */
export const builtinEngine = 'builtin';

/** Id of a model for each role. */
export type RoleModels = Readonly<Record<AgentName, string>>;

/**
 * The models of the roles: `base` in all of them, but where an entry `ROLE=MODEL` names another.
 * @throws ForgeError `ROLE_UNKNOWN`.
 */
export function modelsByRole(base: string, entries: readonly string[]): RoleModels {
  const names = Object.fromEntries(agentNames.map((agent) => [agent, base])) as Record<AgentName, string>;
  for (const entry of entries) {
    const [agent = '', ...model] = entry.split('=');
    const known = agentNames.find((name) => name === agent);
    if (known === undefined || model.join('=') === '') {
      throw new ForgeError(
        'ROLE_UNKNOWN',
        `${JSON.stringify(entry)} gives no role a model.`,
        `Write ROLE=MODEL with one of: ${agentNames.join(', ')}.`,
      );
    }
    names[known] = model.join('=');
  }
  return names;
}

/** The line: the designer's model first, then the roles that have another one. */
export function engineName(models: RoleModels): string {
  const base = models.designer;
  const others = agentNames.flatMap((agent) => (models[agent] === base ? [] : [`${agent}=${models[agent]}`]));
  return [base, ...others].join(' ');
}

/** The line again as models by role; null for the built-in engine. @throws ForgeError `ROLE_UNKNOWN`. */
export function parseEngineName(name: string): RoleModels | null {
  const [base = builtinEngine, ...entries] = name.split(' ');
  return base === builtinEngine && entries.length === 0 ? null : modelsByRole(base, entries);
}
