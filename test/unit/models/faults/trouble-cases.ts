// Servers in trouble, and what is no chat completion at all.

import { briskClocks } from '../../../support/fault-model.ts';
import {
  breakOff,
  delta,
  document,
  event,
  hang,
  hangUp,
  refuse,
  say,
  stall,
  stream,
  usageChunk,
} from '../../../support/fault-server.ts';
import { type FaultCase, loginPage, ok, twice } from './fault-case.ts';

export const troubleCases: readonly FaultCase[] = [
  // Servers in trouble
  {
    title: '500 once',
    server: [refuse(500, { message: 'oops' }), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'], waits: [500] },
  },
  {
    title: '503 while the model loads, for ever',
    server: [refuse(503, { message: 'Loading model' })],
    end: {
      outcome: 'failed',
      code: 'MODEL_UNAVAILABLE',
      requests: 5,
      charged: ['nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
      waits: [500, 1000, 2000, 4000],
    },
  },
  {
    title: '502 with an HTML page',
    server: [refuse(502, '<html>Bad gateway</html>'), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'] },
  },
  {
    title: '408 request timeout',
    server: [refuse(408, { message: 'timeout' }), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'] },
  },
  {
    title: 'a connection that is closed without a word',
    server: [hangUp, say('fine')],
    end: { ...twice, charged: ['reserved', 'reported'] },
  },
  {
    title: 'a server that never answers',
    setting: { clocks: briskClocks },
    server: [hang],
    end: {
      outcome: 'timeout',
      code: 'MODEL_TIMEOUT',
      says: /did not begin/,
      requests: 2,
      charged: ['reserved', 'reserved'],
    },
  },
  {
    title: 'a stream that never begins',
    setting: { clocks: briskClocks },
    server: [stall()],
    end: {
      outcome: 'timeout',
      code: 'MODEL_TIMEOUT',
      says: /did not begin/,
      requests: 2,
      charged: ['reserved', 'reserved'],
    },
  },
  {
    title: 'a stream that stalls, then works',
    setting: { clocks: briskClocks },
    server: [stall(delta({ content: 'fi' })), say('fine')],
    end: { ...twice, charged: ['reserved', 'reported'] },
  },
  {
    title: 'a stream that stalls every time keeps what came',
    setting: { clocks: briskClocks },
    server: [stall(delta({ content: 'fi' }))],
    end: {
      outcome: 'timeout',
      code: 'MODEL_TIMEOUT',
      says: /stopped in the middle/,
      text: 'fi',
      requests: 2,
      charged: ['reserved', 'reserved'],
    },
  },
  {
    title: 'a stream that drips for ever',
    server: [
      ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const timer = setInterval(() => response.write(event(delta({ content: '.' }))), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
    setting: { clocks: { totalMs: 500 } },
    end: {
      outcome: 'timeout',
      code: 'MODEL_TIMEOUT',
      says: /took too long/,
      requests: 2,
      charged: ['reserved', 'reserved'],
    },
  },
  {
    title: 'a stream that ends without a finish reason',
    server: [stream(delta({ content: 'fi' })), say('fine')],
    end: { ...twice, charged: ['reserved', 'reported'], waits: [500] },
  },
  {
    title: 'a stream that is cut in the middle every time',
    server: [breakOff(delta({ content: 'fi' }))],
    end: {
      outcome: 'failed',
      code: 'MODEL_CONNECTION',
      text: 'fi',
      requests: 5,
      charged: ['reserved', 'reserved', 'reserved', 'reserved', 'reserved'],
    },
  },
  {
    title: 'a stream that breaks after the answer was whole',
    server: [breakOff(delta({ content: 'fine' }, 'stop'), usageChunk())],
    end: ok,
  },
  {
    title: 'a stream that stays open after the answer',
    setting: { clocks: briskClocks },
    server: [stall(delta({ content: 'fine' }, 'stop'), usageChunk())],
    end: ok,
  },
  {
    title: 'an error event in the stream: overloaded',
    server: [
      stream(delta({ role: 'assistant' }), { error: { message: 'Overloaded', code: 'server_error' } }),
      say('fine'),
    ],
    end: { ...twice, charged: ['nothing', 'reported'] },
  },
  {
    title: 'an error event with a status of its own (OpenRouter)',
    server: [document(JSON.stringify({ error: { message: 'Rate limited upstream', code: 429 } })), say('fine')],
    end: { ...twice, charged: ['nothing', 'reported'] },
  },
  {
    title: 'an error event after half an answer',
    server: [stream(delta({ content: 'fi' }), { error: { message: 'The server had an internal error' } }), say('fine')],
    end: { ...twice, charged: ['reserved', 'reported'] },
  },
  {
    title: 'finish reason "error"',
    server: [say('fi', { finish: 'error' }), say('fine')],
    end: { ...twice, charged: ['reported', 'reported'] },
  },
  // What is no chat completion
  {
    title: 'a login page with status 200',
    server: [document(loginPage, 'text/html')],
    end: {
      outcome: 'failed',
      code: 'MODEL_NOT_COMPATIBLE',
      says: /<!DOCTYPE html><html><head><title>Log in/,
      requests: 1,
      charged: ['nothing'],
    },
  },
  {
    title: 'JSON of another protocol',
    server: [document('{"response": "hello", "done": true}')],
    end: { outcome: 'failed', code: 'MODEL_NOT_COMPATIBLE', says: /response/, requests: 1, charged: ['nothing'] },
  },
  {
    title: 'an empty body with status 200',
    server: [document('')],
    end: { outcome: 'failed', code: 'MODEL_NOT_COMPATIBLE', requests: 1, charged: ['nothing'] },
  },
  {
    title: 'a stream with nothing but [DONE]',
    server: [stream('[DONE]')],
    end: { outcome: 'failed', code: 'MODEL_NOT_COMPATIBLE', requests: 1, charged: ['nothing'] },
  },
  {
    title: 'a piece of the stream that is not JSON',
    server: [stream(delta({ content: 'fi' }), '{"choices": [{'), say('fine')],
    end: { ...twice, charged: ['reserved', 'reported'] },
  },
];
