// What the adapter needs of the editor's language models, in plain types: it is tested without an editor.
import type { ToolSpec } from '../../models/port.ts';

export type LinePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly input: object }
  | { readonly kind: 'result'; readonly callId: string; readonly text: string };

/** The editor knows two roles. */
export interface LineMessage {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly LinePart[];
}

export interface LineRequest {
  readonly messages: readonly LineMessage[];
  readonly tools: readonly ToolSpec[];
  /** The model must call a tool; only with exactly one of them. */
  readonly mustCall: boolean;
}

/** One language model of the editor. */
export interface EditorLine {
  readonly vendor: string;
  /** Its id among the models of its vendor. */
  readonly model: string;
  /** The most that one request may hold, in tokens. */
  readonly maxInputTokens: number;
  countTokens(text: string): Promise<number>;
  /** The answer as it comes. Rejects, or ends its iteration, with an error whose `code` names the kind of failure. */
  send(request: LineRequest, signal: AbortSignal): Promise<AsyncIterable<LinePart>>;
}

const prefix = 'vscode:';

/** `vscode:VENDOR/ID`; blanks are escaped, since names of engines are lists with blanks between. */
export function editorModelId({ vendor, model }: Pick<EditorLine, 'vendor' | 'model'>): string {
  return `${prefix}${encodeURI(vendor)}/${encodeURI(model)}`;
}

/** Vendor and id of an editor's model; null for any other id. */
export function parseEditorModelId(id: string): { readonly vendor: string; readonly model: string } | null {
  const slash = id.indexOf('/');
  if (!id.startsWith(prefix) || slash <= prefix.length || slash === id.length - 1) return null;
  try {
    return { vendor: decodeURI(id.slice(prefix.length, slash)), model: decodeURI(id.slice(slash + 1)) };
  } catch {
    return null; // A stray percent sign.
  }
}
