// The agents that need no model, no key and no network.
import { builtinBrainstormer } from '../agents/brainstormer/brainstorm.ts';
import { builtinDesigner } from '../agents/designer/designer.ts';
import { builtinRefactor } from '../agents/refactor/refactor.ts';
import type { Agents } from './request.ts';

export const builtinAgents: Agents = {
  engine: 'builtin',
  brainstormer: builtinBrainstormer,
  designer: builtinDesigner,
  refactor: builtinRefactor,
};
