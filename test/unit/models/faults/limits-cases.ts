// Limits, accounts, and requests that a server does not take.
import { ask } from '../../../support/chat-requests.ts';
import { refuse, say } from '../../../support/fault-server.ts';
import { type FaultCase, twice, withTools } from './fault-case.ts';

const limit = { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' };
const unsupported = (name: string, more = '') =>
  refuse(400, {
    message: `Unsupported parameter: '${name}' is not supported with this model.${more}`,
    type: 'invalid_request_error',
  });

export const refusedCases: readonly FaultCase[] = [
  // Limits and accounts
  {
    title: '429 with retry-after-ms',
    server: [refuse(429, limit, { 'retry-after-ms': '1500' }), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'], waits: [1500] },
  },
  {
    title: '429 with retry-after in seconds',
    server: [refuse(429, limit, { 'retry-after': '7' }), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'], waits: [7000] },
  },
  {
    title: '429 with retry-after as a date',
    server: [refuse(429, limit, { 'retry-after': new Date(Date.UTC(2030, 0, 1, 0, 0, 9)).toUTCString() }), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'], waits: [9000] },
  },
  {
    title: '429 with a long retry-after (120 s) is obeyed',
    server: [refuse(429, limit, { 'retry-after': '120' }), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'], waits: [120_000] },
  },
  {
    title: '429 with a retry-after beyond the limit (1 h) fails at once and tells the wait',
    server: [refuse(429, limit, { 'retry-after': '3600' })],
    end: {
      outcome: 'failed',
      code: 'MODEL_RATE_LIMITED',
      says: /asks to wait 60 min, longer than the limit of 5 min/,
      requests: 1,
      charged: ['nothing'],
      waits: [],
    },
  },
  {
    title: '429 that says in words when to come again',
    server: [
      refuse(429, { message: 'Resource exhausted: you exceeded your current quota. Please retry in 34.5s.' }),
      say('fine'),
    ],
    end: { ...twice, charged: ['nothing', 'reported'], waits: [34_500] },
  },
  {
    title: '429 without a hint backs off and gives up',
    server: [refuse(429, limit)],
    end: {
      outcome: 'failed',
      code: 'MODEL_RATE_LIMITED',
      requests: 5,
      charged: ['nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
      waits: [500, 1000, 2000, 4000],
    },
  },
  {
    title: '429 with an exhausted quota is not retried',
    server: [
      refuse(
        429,
        {
          message: 'You exceeded your current quota, please check your plan and billing details.',
          type: 'insufficient_quota',
          code: 'insufficient_quota',
        },
        { 'retry-after': '1' },
      ),
    ],
    end: { outcome: 'failed', code: 'MODEL_QUOTA', requests: 1, charged: ['nothing'] },
  },
  {
    title: '402 payment required is not retried',
    server: [refuse(402, { message: 'Insufficient credits' })],
    end: { outcome: 'failed', code: 'MODEL_QUOTA', requests: 1, charged: ['nothing'] },
  },
  {
    title: '401 with the key echoed in the message',
    server: [refuse(401, { message: 'Incorrect API key provided: own-key-12345.' })],
    setting: { key: 'own-key-12345' },
    end: { outcome: 'failed', code: 'MODEL_AUTH', says: /provided: \[redacted\]/, requests: 1, charged: ['nothing'] },
  },
  {
    title: '403 forbidden is not retried',
    server: [refuse(403, { message: 'Country not supported' })],
    end: { outcome: 'failed', code: 'MODEL_AUTH', requests: 1, charged: ['nothing'] },
  },
  {
    title: 'a request too large for the limit per minute',
    server: [
      refuse(429, {
        message: 'Request too large for gpt on tokens per min (TPM): Limit 30000, Requested 40000',
        code: 'rate_limit_exceeded',
      }),
    ],
    end: { outcome: 'failed', code: 'MODEL_CONTEXT_OVERFLOW', requests: 1, charged: ['nothing'] },
  },
  // Refusals of the request
  {
    title: '400 with the context full',
    server: [
      refuse(400, {
        message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
        code: 'context_length_exceeded',
      }),
    ],
    end: { outcome: 'failed', code: 'MODEL_CONTEXT_OVERFLOW', requests: 1, charged: ['nothing'] },
  },
  {
    title: '500 with the context full (llama.cpp)',
    server: [
      refuse(500, {
        message: 'the request exceeds the available context size, try increasing it',
        type: 'exceed_context_size_error',
      }),
    ],
    end: { outcome: 'failed', code: 'MODEL_CONTEXT_OVERFLOW', requests: 1, charged: ['nothing'] },
  },
  {
    title: 'a structured request with the context full does not step down',
    structured: true,
    server: [refuse(400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' })],
    end: { outcome: 'failed', code: 'MODEL_CONTEXT_OVERFLOW', requests: 1, charged: ['nothing'] },
  },
  {
    title: '404 for an unknown model',
    structured: true,
    server: [
      refuse(404, {
        message: 'The model `tiny` does not exist or you do not have access to it.',
        code: 'model_not_found',
      }),
    ],
    end: { outcome: 'failed', code: 'MODEL_UNKNOWN', requests: 1, charged: ['nothing'] },
  },
  {
    title: '404 without a route (wrong base URL)',
    server: [refuse(404, '404 page not found')],
    end: { outcome: 'failed', code: 'MODEL_BAD_REQUEST', says: /404/, requests: 1, charged: ['nothing'] },
  },
  {
    title: '400 for any other reason is not retried',
    server: [refuse(400, { message: 'bad messages' })],
    end: { outcome: 'failed', code: 'MODEL_BAD_REQUEST', says: /bad messages/, requests: 1, charged: ['nothing'] },
  },
  {
    title: '400 by a content filter',
    server: [
      refuse(400, {
        message: 'The response was filtered due to the prompt triggering the content management policy',
        code: 'content_filter',
      }),
    ],
    end: { outcome: 'refusal', code: 'MODEL_REFUSED', requests: 1, charged: ['nothing'] },
  },
  {
    title: '400: max_tokens must be max_completion_tokens',
    server: [unsupported('max_tokens', " Use 'max_completion_tokens' instead."), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'] },
  },
  {
    title: '400: only the default temperature',
    request: ask('hi', { temperature: 0.2 }),
    server: [
      refuse(400, {
        message:
          "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      }),
      say('fine'),
    ],
    end: { ...twice, charged: ['nothing', 'reported'] },
  },
  {
    title: '422: stream_options unknown, so usage is unknown as well',
    server: [refuse(422, { message: 'extra fields not permitted: stream_options' }), say('fine', { usage: null })],
    end: { ...twice, charged: ['nothing', 'reserved'] },
  },
  {
    title: '400: system role not supported by the template',
    request: ask('', { messages: [{ role: 'system', text: 'Be brief.' }, ...ask('hi').messages] }),
    server: [refuse(400, { message: 'System role not supported' }), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'] },
  },
  {
    title: '400: the model has no tools, so they are told in the prompt and called in the text',
    request: withTools,
    server: [
      refuse(400, { message: 'registry.ollama.ai/library/tiny does not support tools' }),
      say('I look.\n<tool_call>\n{"name": "look", "arguments": {"at": 1}}\n</tool_call>'),
    ],
    end: { ...twice, charged: ['nothing', 'reported'], text: 'I look.', calls: ['look {"at":1}'] },
  },
  {
    title: '400: no tools, again and again',
    request: withTools,
    server: [refuse(400, { message: 'tiny does not support tools' })],
    end: { outcome: 'failed', code: 'MODEL_TOOLS_UNSUPPORTED', requests: 2, charged: ['nothing', 'nothing'] },
  },
  {
    title: 'a redirect to another host is not followed',
    server: [refuse(307, '', { location: 'https://elsewhere.example/v1' })],
    end: { outcome: 'failed', code: 'MODEL_REDIRECTED', says: /elsewhere\.example/, requests: 1, charged: ['nothing'] },
  },
];
