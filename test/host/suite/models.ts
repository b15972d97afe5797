// Language models of the editor, as `vscode.lm` gives them: another extension provides one, which answers what a test says.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { App } from '../../../src/extension/app.ts';
import { editorModel } from '../../../src/extension/models/editor-model.ts';
import { editorModels, findLine } from '../../../src/extension/models/vscode-line.ts';
import { askFor } from '../../../src/models/structured.ts';
import { ask, calm } from '../../support/chat-requests.ts';
import { appUnderTest, until, workspaceFolder } from './extension-under-test.ts';
import { standIn } from './sample-copy.ts';

interface Asked {
  readonly messages: readonly vscode.LanguageModelChatRequestMessage[];
  readonly options: vscode.ProvideLanguageModelChatResponseOptions;
}
type Part = vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart;
type Answer = (asked: Asked, say: (part: Part) => void, token: vscode.CancellationToken) => Promise<void>;

const id = 'vscode:mle-forge-test/tiny';
const text = (value: string) => new vscode.LanguageModelTextPart(value);
const call = (name: string, input: object) => new vscode.LanguageModelToolCallPart(`call-${name}`, name, input);

/** The provider, as its own extension hands it out. */
async function provider(): Promise<{ play(answer: Answer): void; offer(models: string[]): void }> {
  const extension = vscode.extensions.getExtension('mle-forge-test.test-model-provider');
  assert.ok(extension, 'the provider of test models is not installed');
  return extension.activate();
}

describe('language models of the editor', function () {
  this.timeout(240_000);
  let app: App;
  let models: Awaited<ReturnType<typeof provider>>;
  const model = async () => editorModel(await findLine(id));

  before(async () => {
    app = await appUnderTest();
    models = await provider();
  });
  after(() => models.offer(['tiny']));

  it('are listed with id, name and vendor', async () => {
    const found = (await editorModels()).find((each) => each.id === id);
    assert.deepEqual(found, { id, name: 'Test model tiny', vendor: 'mle-forge-test' });
  });

  it('answer with text, and tokens are estimated by the counter of the model', async () => {
    let heard: Asked | undefined;
    models.play(async (asked, say) => {
      heard = asked;
      for (const piece of ['Good ', 'day.']) say(text(piece));
    });
    const system = { role: 'system', text: 'Be polite.' } as const;
    const request = { ...ask('hello'), messages: [system, ...ask('hello').messages] };
    const reply = await (await model()).chat(request, { signal: calm() });
    assert.equal(reply.text, 'Good day.');
    assert.equal(reply.outcome, 'done');
    assert.equal(reply.usage.source, 'estimated');
    assert.equal(reply.usage.output, 3);
    const [first] = heard?.messages ?? [];
    assert.equal(heard?.messages.length, 1);
    assert.equal(first?.role, vscode.LanguageModelChatMessageRole.User);
    assert.match(JSON.stringify(first?.content), /Be polite\..*hello/);
  });

  it('call tools, and read what came of it', async () => {
    const look = { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } };
    models.play(async ({ messages }, say) => {
      const results = messages.flatMap(({ content }) =>
        content.filter((part) => part instanceof vscode.LanguageModelToolResultPart),
      );
      say(results.length === 0 ? call('look', { at: 1 }) : text(`heard ${JSON.stringify(results[0]?.content)}`));
    });
    const tools = { tools: [look], toolChoice: 'auto' as const };
    const first = await (await model()).chat(ask('go', tools), { signal: calm() });
    const [made] = first.toolCalls;
    assert.deepEqual(made && [made.name, made.arguments], ['look', '{"at":1}']);
    const messages = [
      ...ask('go').messages,
      { role: 'assistant', text: first.text, toolCalls: first.toolCalls } as const,
      { role: 'tool', callId: made?.id ?? '', name: 'look', text: 'three stones' } as const,
    ];
    const second = await (await model()).chat(ask('', { ...tools, messages }), { signal: calm() });
    assert.match(second.text, /heard .*three stones/);
  });

  it('give structured answers through one tool that they must call', async () => {
    const seen: [string[], vscode.LanguageModelChatToolMode][] = [];
    models.play(async ({ options }, say) => {
      seen.push([(options.tools ?? []).map(({ name }) => name), options.toolMode]);
      say(call('shape', { answer: 'yes' }));
    });
    const { format: _, ...request } = ask('well?');
    const shape = z.strictObject({ answer: z.string() });
    const asked = await askFor(await model(), request, shape, { signal: calm(), name: 'shape' });
    assert.deepEqual(asked.kind === 'answer' && asked.value, { answer: 'yes' });
    assert.deepEqual(seen, [[['shape'], vscode.LanguageModelChatToolMode.Required]]);
  });

  for (const [name, error, code] of [
    ['NoPermissions', () => vscode.LanguageModelError.NoPermissions('denied'), 'MODEL_NO_PERMISSION'],
    ['Blocked', () => vscode.LanguageModelError.Blocked('quota'), 'MODEL_BLOCKED'],
    ['NotFound', () => vscode.LanguageModelError.NotFound('gone'), 'MODEL_GONE'],
    ['its own', () => new Error('prompt is too long'), 'MODEL_CONTEXT_OVERFLOW'],
  ] as const) {
    it(`fail with ${name} as a failure with a remedy`, async () => {
      models.play(async () => {
        throw error();
      });
      const { outcome, failure } = await (await model()).chat(ask('hi'), { signal: calm() });
      assert.equal(outcome, 'failed');
      assert.equal(failure?.code, code);
      assert.ok(failure?.remedy);
    });
  }

  it('are cancelled at once, and hear of it', async () => {
    const stop = new AbortController();
    let isTold = false;
    models.play(async (_, say, token) => {
      say(text('so far'));
      token.onCancellationRequested(() => {
        isTold = true;
      });
      await new Promise(() => {});
    });
    let stopped = 0;
    const reply = await (await model()).chat(ask('hi'), {
      signal: stop.signal,
      onText: () => {
        stopped = Date.now();
        stop.abort();
      },
    });
    assert.equal(reply.outcome, 'cancelled');
    assert.equal(reply.text, 'so far');
    assert.ok(Date.now() - stopped < 1000, `${Date.now() - stopped} ms`);
    await until(() => isTold, 5000);
  });

  it('drive a run within its budget, after one confirmation; it goes on with the same model, or says that it is gone', async () => {
    const dataset = path.join(workspaceFolder(), 'for-models');
    const extension = vscode.extensions.getExtension('mle-forge.mle-forge');
    cpSync(path.join(extension?.extensionPath ?? '', 'media', 'sample', 'penguins'), dataset, { recursive: true });
    const uri = vscode.Uri.file(dataset);
    const settings = vscode.workspace.getConfiguration('mleForge', uri);
    const limit = (calls: number | undefined) =>
      settings.update('budgetCalls', calls, vscode.ConfigurationTarget.Workspace);
    const runOf = () => app.runs.all().find(({ request }) => request.dataset === dataset);
    const ended = () => {
      const run = runOf();
      return run !== undefined && run.status !== 'running' && run.status !== 'queued' && !run.isStopping;
    };
    const forge = () =>
      vscode.commands.executeCommand('mleForge.forgeTask', uri, [uri], { engine: id, maxTasks: 1, out: 'by-models' });
    const notices: string[] = [];
    const told: string[] = [];
    let answer: string | undefined;
    const ask = async (_: string, options: vscode.MessageOptions): Promise<string | undefined> => {
      notices.push(options.detail ?? '');
      return answer;
    };
    const tell = async (message: string): Promise<void> => void told.push(message);
    let calls = 0;
    models.play(async ({ options }, say) => {
      calls += 1;
      const names = (options.tools ?? []).map(({ name }) => name);
      const [first = ''] = names.filter((name) => name === 'list_files');
      say(calls === 1 ? call(first, { folder: null }) : text('Let me think.'));
    });
    await limit(1);
    try {
      await standIn(vscode.window, 'showErrorMessage', tell, () =>
        standIn(vscode.window, 'showWarningMessage', ask, async () => {
          await forge();
          assert.equal(runOf(), undefined, 'a run stands in the queue after a no');
          assert.equal(calls, 0);
          answer = 'Send and Forge';
          await forge();
          await until(ended, 120_000);
          assert.equal(runOf()?.status, 'failed');
          assert.equal(calls, 1);
          assert.equal(runOf()?.cost?.calls, 1);
          assert.ok((runOf()?.cost?.tokens ?? 0) > 1000);
          assert.equal(runOf()?.cost?.usd, null);
          assert.equal(notices.length, 2);
          assert.match(notices[1] ?? '', /To mle-forge-test, through the editor goes: .*at most 20 rows.*1 calls?\.\s/);

          await limit(2);
          app.runs.resume(runOf()?.key ?? '');
          await until(ended, 120_000);
          assert.equal(calls, 2, 'what was paid for was asked for again');
          assert.equal(notices.length, 3, 'a changed limit is told again');

          models.offer([]);
          app.runs.resume(runOf()?.key ?? '');
          await until(ended, 60_000);
          assert.match(runOf()?.reason ?? '', /no language model vscode:mle-forge-test\/tiny/);
          await until(() => told.some((message) => /Sign in or install/.test(message)), 5000);
        }),
      );
    } finally {
      await limit(undefined);
      app.runs.dismiss(runOf()?.key ?? '');
    }
  });
});

describe('Set Model Key', () => {
  it('keeps a key in the secret storage of the editor, and takes it out again', async () => {
    const { context } = await appUnderTest();
    const pick = async (items: Promise<{ label: string }[]>) => (await items).find(({ label }) => label === 'OpenAI');
    const type = async (key: string): Promise<void> => {
      await standIn(vscode.window, 'showQuickPick', pick, () =>
        standIn(
          vscode.window,
          'showInputBox',
          async () => key,
          () => vscode.commands.executeCommand('mleForge.setModelKey'),
        ),
      );
    };
    await type(' a-key-for-tests ');
    assert.equal(await context.secrets.get('mleForge.key.OPENAI_API_KEY'), 'a-key-for-tests');
    await type('');
    assert.equal(await context.secrets.get('mleForge.key.OPENAI_API_KEY'), undefined);
  });
});
