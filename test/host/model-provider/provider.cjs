// An extension of its own that provides language models to the editor, as vendors do. What they answer is the test's.
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  const stage = { models: ['tiny'], answer: async () => {} };
  const provider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () =>
      stage.models.map((id) => ({
        id,
        name: `Test model ${id}`,
        family: 'test',
        version: '1',
        maxInputTokens: 200_000,
        maxOutputTokens: 16_000,
        capabilities: { toolCalling: true },
      })),
    provideLanguageModelChatResponse: (_model, messages, options, progress, token) =>
      stage.answer({ messages, options }, (part) => progress.report(part), token),
    provideTokenCount: async (_model, text) => (typeof text === 'string' ? Math.ceil(text.length / 4) : 1),
  };
  subscriptions.push(changed, vscode.lm.registerLanguageModelChatProvider('mle-forge-test', provider));
  return {
    /** Answers from now on. */
    play: (answer) => {
      stage.answer = answer;
    },
    /** Which models there are from now on. */
    offer: (models) => {
      stage.models = models;
      changed.fire();
    },
  };
};
