// What is promised of a call to a server that misbehaves.
import { z } from 'zod';
import type { ChatOutcome, ChatRequest } from '../../../../src/models/port.ts';
import { ask } from '../../../support/chat-requests.ts';
import type { Setting } from '../../../support/fault-model.ts';
import type { Behaviour } from '../../../support/fault-server.ts';

/** What is charged: the server's numbers, the most that may have been used, or nothing. */
type Charged = 'reported' | 'reserved' | 'nothing';

export interface FaultCase {
  readonly title: string;
  readonly server: readonly Behaviour[];
  /** Default: a question without tools and format. */
  readonly request?: ChatRequest;
  /** Whether a structured answer is asked for. */
  readonly structured?: boolean;
  readonly setting?: Setting;
  readonly end: {
    readonly outcome: ChatOutcome;
    /** Code of the failure. */
    readonly code?: string;
    /** What the message must say. */
    readonly says?: RegExp;
    readonly requests: number;
    readonly charged: readonly Charged[];
    readonly text?: string;
    /** Waits in ms between the requests. */
    readonly waits?: readonly number[];
    readonly calls?: readonly string[];
    readonly repaired?: boolean;
  };
}

/** The structured answer of the cases. */
export const verdictSchema = z.strictObject({ verdict: z.enum(['yes', 'no']), why: z.string() });
export const good = '{"verdict": "yes", "why": "it fits"}';

const look = { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } };
/** A question that offers one tool. */
export const withTools = ask('hi', { tools: [look], toolChoice: 'auto' });

/** The good ends: at the first request, and at the second. */
export const ok = { outcome: 'done', text: 'fine', requests: 1, charged: ['reported'] } as const;
export const twice = { ...ok, requests: 2 } as const;

export const loginPage = '<!DOCTYPE html><html><head><title>Log in</title></head><body>Please log in</body></html>';
