// Other ways to say the same, answers that are none, and tools.
import { ask } from '../../../support/chat-requests.ts';
import {
  callTool,
  completion,
  delta,
  document,
  event,
  say,
  stall,
  stream,
  usageChunk,
} from '../../../support/fault-server.ts';
import { type FaultCase, ok, twice, withTools } from './fault-case.ts';

const long = ask('word '.repeat(4000));

export const dialectCases: readonly FaultCase[] = [
  // Other ways to say the same
  {
    title: 'a whole completion although a stream was asked for',
    server: [document(completion({ content: 'fine' }))],
    end: ok,
  },
  {
    title: 'a whole completion sent as text/plain',
    server: [document(completion({ content: 'fine' }), 'text/plain')],
    end: ok,
  },
  {
    title: 'a stream that does not call itself one',
    server: [
      document(`${event(delta({ content: 'fine' }, 'stop'))}${event(usageChunk())}`, 'application/octet-stream'),
    ],
    end: ok,
  },
  {
    title: 'Windows line ends, comments and other fields in the stream',
    server: [
      ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(
          `: hello\r\nevent: message\r\n${event(delta({ content: 'fine' }, 'stop')).replaceAll('\n', '\r\n')}data:${JSON.stringify(usageChunk())}\r\n\r\n`,
        );
      },
    ],
    end: ok,
  },
  {
    title: 'events without an empty line between them',
    server: [
      ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(
          [delta({ content: 'fi' }), delta({ content: 'ne' }, 'stop'), usageChunk()]
            .map((each) => `data: ${JSON.stringify(each)}\n`)
            .join(''),
        );
      },
    ],
    end: ok,
  },
  {
    title: 'no role, no ids, no object types',
    server: [
      stream(
        { choices: [{ delta: { content: 'fine' } }] },
        { choices: [{ delta: {}, finish_reason: 'stop' }] },
        usageChunk(),
        '[DONE]',
      ),
    ],
    end: ok,
  },
  {
    title: 'no finish reason but [DONE]',
    server: [stream(delta({ content: 'fine' }), usageChunk(), '[DONE]')],
    end: ok,
  },
  { title: 'an unknown finish reason', server: [say('fine', { finish: 'eos_token' })], end: ok },
  {
    title: 'content as a list of parts',
    server: [document(completion({ content: [{ type: 'text', text: 'fine' }] }))],
    end: ok,
  },
  { title: 'usage missing', server: [say('fine', { usage: null })], end: { ...ok, charged: ['reserved'] } },
  {
    title: 'usage of zeros',
    server: [say('fine', { usage: { prompt_tokens: 0, completion_tokens: 0 } })],
    end: { ...ok, charged: ['reserved'] },
  },
  {
    title: 'usage that makes no sense',
    server: [say('fine', { usage: { prompt_tokens: -5, completion_tokens: 'many' } })],
    end: { ...ok, charged: ['reserved'] },
  },
  {
    title: 'thoughts in front of the answer',
    server: [say('<think>\nWhat now? {"verdict": "no"}\n</think>\n\nfine')],
    end: ok,
  },
  { title: 'thoughts whose opening tag the template swallowed', server: [say('Hm, so be it.</think>fine')], end: ok },
  // Answers
  {
    title: 'an answer cut by the limit on tokens',
    server: [say('fin', { finish: 'length' })],
    end: { outcome: 'length', text: 'fin', requests: 1, charged: ['reported'] },
  },
  {
    title: 'a server that ignores the limit on tokens',
    server: [stall(delta({ content: 'x'.repeat(80_000) }))],
    end: { outcome: 'length', requests: 1, charged: ['reserved'] },
  },
  {
    title: 'an empty answer, then one',
    server: [say(''), say('fine')],
    end: { ...twice, charged: ['reported', 'reported'] },
  },
  {
    title: 'empty answers only',
    server: [say('')],
    end: { outcome: 'failed', code: 'MODEL_EMPTY', requests: 2, charged: ['reported', 'reported'] },
  },
  {
    title: 'thoughts and no answer',
    server: [stream(delta({ reasoning_content: 'Hm.' }), delta({}, 'stop'), usageChunk(), '[DONE]')],
    end: { outcome: 'failed', code: 'MODEL_EMPTY', requests: 2, charged: ['reported', 'reported'] },
  },
  {
    title: 'a refusal',
    server: [stream(delta({ refusal: 'I cannot help with that.' }), delta({}, 'stop'), usageChunk(), '[DONE]')],
    end: { outcome: 'refusal', code: 'MODEL_REFUSED', says: /I cannot help/, requests: 1, charged: ['reported'] },
  },
  {
    title: 'an answer withheld by a filter',
    server: [say('fi', { finish: 'content_filter' })],
    end: { outcome: 'refusal', code: 'MODEL_REFUSED', requests: 1, charged: ['reported'] },
  },
  {
    title: 'a prompt cut silently (Ollama)',
    request: long,
    server: [say('fine', { usage: { prompt_tokens: 2048, completion_tokens: 5 } })],
    setting: { provider: 'ollama' },
    end: {
      outcome: 'failed',
      code: 'MODEL_PROMPT_TRUNCATED',
      says: /read only 2048 of about \d+ tokens/,
      text: 'fine',
      requests: 1,
      charged: ['reported'],
    },
  },
  // Tools
  {
    title: 'tool arguments as an object',
    request: withTools,
    server: [callTool({ index: 0, id: 'a', function: { name: 'look', arguments: { at: 1 } } })],
    end: { ...ok, text: '', calls: ['look {"at":1}'] },
  },
  {
    title: 'a tool call without arguments and without an id',
    request: withTools,
    server: [callTool({ function: { name: 'look' } })],
    end: { ...ok, text: '', calls: ['look {}'] },
  },
  {
    title: 'an unknown tool is handed on, the loop answers it',
    request: withTools,
    server: [callTool({ index: 0, id: 'a', function: { name: 'fly', arguments: '{}' } })],
    end: { ...ok, text: '', calls: ['fly {}'] },
  },
  {
    title: 'a tool call left in the text',
    request: withTools,
    server: [say('I look.\n<tool_call>\n{"name": "look", "arguments": {"at": 1}}\n</tool_call>')],
    end: { ...ok, text: 'I look.', calls: ['look {"at":1}'] },
  },
  {
    title: 'half a tool call left in the text stays text',
    request: withTools,
    server: [say('I look.<tool_call>{"name": "look"')],
    end: { ...ok, text: 'I look.<tool_call>{"name": "look"' },
  },
  {
    title: 'two tool calls left in the text, one of them unknown, stay text',
    request: withTools,
    server: [say('<tool_call>{"name": "look"}</tool_call><tool_call>{"name": "fly"}</tool_call>')],
    end: {
      ...ok,
      text: '<tool_call>{"name": "look"}</tool_call><tool_call>{"name": "fly"}</tool_call>',
      calls: [],
    },
  },
  {
    title: 'a tool call that is quoted in the middle of the text stays text',
    request: withTools,
    server: [say('The cell says <tool_call>{"name": "look"}</tool_call>, which I ignore.')],
    end: { ...ok, text: 'The cell says <tool_call>{"name": "look"}</tool_call>, which I ignore.', calls: [] },
  },
  {
    title: 'a tool call cut by the limit is not acted on',
    request: withTools,
    server: [
      stream(
        delta({ tool_calls: [{ index: 0, id: 'a', function: { name: 'look', arguments: '{"at": ' } }] }),
        delta({}, 'length'),
        usageChunk(),
        '[DONE]',
      ),
    ],
    end: { outcome: 'length', text: '', calls: [], requests: 1, charged: ['reported'] },
  },
  {
    title: 'finish reason "tool_calls" without calls',
    request: withTools,
    server: [stream(delta({}, 'tool_calls'), usageChunk(), '[DONE]')],
    end: { outcome: 'failed', code: 'MODEL_EMPTY', requests: 2, charged: ['reported', 'reported'] },
  },
];
