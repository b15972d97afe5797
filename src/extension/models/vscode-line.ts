// The editor's side of the adapter: its language models, found after a gesture of the user, and its types.
import * as vscode from 'vscode';
import { ForgeError } from '../../task/errors.ts';
import { type EditorLine, editorModelId, type LineMessage, type LinePart, parseEditorModelId } from './editor-line.ts';
import { modelGone } from './line-failures.ts';

/**
 * The language model of an id `vscode:VENDOR/ID`. Call it after a gesture of the user only, as the editor demands.
 * @throws ForgeError `MODEL_GONE` when the editor does not have it.
 */
export async function findLine(id: string): Promise<EditorLine> {
  const parsed = parseEditorModelId(id);
  const [model] = parsed === null ? [] : await vscode.lm.selectChatModels({ vendor: parsed.vendor, id: parsed.model });
  if (model !== undefined) return lineOf(model);
  const { code, message, remedy } = modelGone(id);
  throw new ForgeError(code, message, remedy, 'environment');
}

/** A language model of the editor as the adapter sees it. */
export function lineOf(model: vscode.LanguageModelChat): EditorLine {
  return {
    vendor: model.vendor,
    model: model.id,
    maxInputTokens: model.maxInputTokens,
    countTokens: async (text) => model.countTokens(text),
    async send({ messages, tools, mustCall }, signal) {
      const source = new vscode.CancellationTokenSource();
      signal.addEventListener('abort', () => source.cancel(), { once: true });
      if (signal.aborted) source.cancel();
      const mode = vscode.LanguageModelChatToolMode;
      const offered = tools.map(({ name, description, parameters }) => ({
        name,
        description,
        inputSchema: parameters,
      }));
      const answer = await model.sendRequest(
        messages.map(messageOf),
        {
          justification: vscode.l10n.t('MLE Forge writes machine-learning tasks from the dataset that you chose.'),
          ...(offered.length > 0 ? { tools: offered, toolMode: mustCall ? mode.Required : mode.Auto } : {}),
        },
        source.token,
      );
      return partsOf(answer.stream);
    },
  };
}

/** The models that the editor has now, by id and name. After a gesture of the user only. */
export async function editorModels(): Promise<
  { readonly id: string; readonly name: string; readonly vendor: string }[]
> {
  const models = await vscode.lm.selectChatModels({});
  return models.map(({ id, name, vendor }) => ({ id: editorModelId({ vendor, model: id }), name, vendor }));
}

async function* partsOf(stream: AsyncIterable<unknown>): AsyncGenerator<LinePart> {
  for await (const part of stream) {
    if (part instanceof vscode.LanguageModelTextPart) yield { kind: 'text', text: part.value };
    else if (part instanceof vscode.LanguageModelToolCallPart)
      yield { kind: 'call', id: part.callId, name: part.name, input: part.input };
  }
}

function messageOf({ role, parts }: LineMessage): vscode.LanguageModelChatMessage {
  const { User, Assistant } = vscode.LanguageModelChatMessageRole;
  return new vscode.LanguageModelChatMessage(role === 'user' ? User : Assistant, parts.map(partOf));
}

function partOf(part: LinePart): vscode.LanguageModelInputPart {
  switch (part.kind) {
    case 'text':
      return new vscode.LanguageModelTextPart(part.text);
    case 'call':
      return new vscode.LanguageModelToolCallPart(part.id, part.name, part.input);
    case 'result':
      return new vscode.LanguageModelToolResultPart(part.callId, [new vscode.LanguageModelTextPart(part.text)]);
  }
}
