// Structured answers: the ladder, re-asks, repair.
import { callTool, delta, document, refuse, say, stream, usageChunk } from '../../../support/fault-server.ts';
import { type FaultCase, good, loginPage } from './fault-case.ts';

export const structuredCases: readonly FaultCase[] = [
  {
    title: 'structured: well-behaved',
    structured: true,
    server: [say(good)],
    end: { outcome: 'done', requests: 1, charged: ['reported'], repaired: false },
  },
  {
    title: 'structured: json_schema refused, forced tool taken',
    structured: true,
    server: [
      refuse(400, { message: 'response_format is not supported' }),
      callTool({ index: 0, id: 'a', function: { name: 'answer', arguments: good } }),
    ],
    end: { outcome: 'done', requests: 2, charged: ['nothing', 'reported'] },
  },
  {
    title: 'structured: only json_object',
    structured: true,
    server: [
      refuse(422, { message: 'unknown variant json_schema' }),
      refuse(400, { message: 'tools: not implemented' }),
      say(good),
    ],
    end: { outcome: 'done', requests: 3, charged: ['nothing', 'nothing', 'reported'] },
  },
  {
    title: 'structured: plain chat only',
    structured: true,
    server: [refuse(415, { message: 'no' }), refuse(404, { message: 'no' }), refuse(501, { message: 'no' }), say(good)],
    end: { outcome: 'done', requests: 4, charged: ['nothing', 'nothing', 'nothing', 'reported'] },
  },
  {
    title: 'structured: everything refused',
    structured: true,
    server: [refuse(400, { message: 'the first refusal' }), refuse(400, { message: 'no' })],
    end: {
      outcome: 'failed',
      code: 'MODEL_BAD_REQUEST',
      says: /the first refusal/,
      requests: 4,
      charged: ['nothing', 'nothing', 'nothing', 'nothing'],
    },
  },
  {
    title: 'structured: the forced tool is answered as text',
    structured: true,
    server: [refuse(400, { message: 'no schema' }), say(good)],
    end: { outcome: 'done', requests: 2, charged: ['nothing', 'reported'] },
  },
  {
    title: 'structured: arguments of the forced tool as an object',
    structured: true,
    server: [
      refuse(400, { message: 'no schema' }),
      callTool({ index: 0, id: 'a', function: { name: 'answer', arguments: JSON.parse(good) } }),
    ],
    end: { outcome: 'done', requests: 2, charged: ['nothing', 'reported'] },
  },
  {
    title: 'structured: schema ignored, prose first',
    structured: true,
    server: [say('Certainly! The verdict is yes.'), say(good)],
    end: { outcome: 'done', requests: 2, charged: ['reported', 'reported'] },
  },
  {
    title: 'structured: fenced JSON with prose around it',
    structured: true,
    server: [say(`Here you are:\n\`\`\`json\n${good}\n\`\`\`\nAnything else?`)],
    end: { outcome: 'done', requests: 1, charged: ['reported'], repaired: false },
  },
  {
    title: 'structured: an enum value that does not exist',
    structured: true,
    server: [say('{"verdict": "maybe", "why": "x"}'), say(good)],
    end: { outcome: 'done', requests: 2, charged: ['reported', 'reported'] },
  },
  {
    title: 'structured: JSON in the reasoning',
    structured: true,
    server: [stream(delta({ reasoning_content: good }), delta({}, 'stop'), usageChunk(), '[DONE]')],
    end: { outcome: 'done', requests: 1, charged: ['reported'] },
  },
  {
    title: 'structured: JSON behind thoughts',
    structured: true,
    server: [say(`<think>{"verdict": "no", "why": "first idea"}</think>${good}`)],
    end: { outcome: 'done', requests: 1, charged: ['reported'] },
  },
  {
    title: 'structured: single quotes and a trailing comma are mended and marked',
    structured: true,
    server: [say("{'verdict': 'yes', 'why': 'it fits',}")],
    end: { outcome: 'done', requests: 1, charged: ['reported'], repaired: true },
  },
  {
    title: 'structured: cut by the limit is never mended',
    structured: true,
    server: [say('{"verdict": "yes", "why": "it fi', { finish: 'length' })],
    end: { outcome: 'length', code: 'ANSWER_TRUNCATED', requests: 1, charged: ['reported'] },
  },
  {
    title: 'structured: cut by the limit but called a stop is asked again',
    structured: true,
    server: [
      say('{"verdict": "yes", "why": "it fits"', { usage: { prompt_tokens: 12, completion_tokens: 200 } }),
      say(good),
    ],
    end: { outcome: 'done', requests: 2, charged: ['reported', 'reported'], repaired: false },
  },
  {
    title: 'structured: a refusal is not asked again',
    structured: true,
    server: [stream(delta({ refusal: 'No.' }), delta({}, 'stop'), usageChunk(), '[DONE]')],
    end: { outcome: 'refusal', code: 'MODEL_REFUSED', requests: 1, charged: ['reported'] },
  },
  {
    title: 'structured: nonsense three times',
    structured: true,
    server: [say('teapot')],
    end: {
      outcome: 'failed',
      code: 'ANSWER_INVALID',
      says: /3 answers in turn/,
      requests: 3,
      charged: ['reported', 'reported', 'reported'],
    },
  },
  {
    title: 'structured: a login page',
    structured: true,
    server: [document(loginPage, 'text/html')],
    end: { outcome: 'failed', code: 'MODEL_NOT_COMPATIBLE', requests: 1, charged: ['nothing'] },
  },
];
