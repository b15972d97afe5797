// A GGUF file of 600 kB with random weights: a real llama.cpp engine loads it, reads real prompts with it and samples under
// real grammars. It proves the protocol and the engine, never quality: what it says is noise.
import { writeFile } from 'node:fs/promises';

const width = 64;
const blocks = 2;
const hidden = 192;
const alignment = 32;
const chatTemplate =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

/** Types of values and tokens in GGUF v3: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const type = { uint32: 4, float32: 6, int32: 5, string: 8, array: 9 } as const;
const token = { normal: 1, control: 3, byte: 6 } as const;

/** Writes the file. The same seed gives the same bytes. */
export async function writeTinyGguf(file: string, seed = 1): Promise<void> {
  const vocabulary = buildVocabulary();
  const keys = buildKeys(vocabulary);
  const tensors = buildTensors(vocabulary.length);
  let offset = 0;
  const infos = tensors.map(({ name, shape }) => {
    const at = offset;
    offset += Math.ceil((count(shape) * 4) / alignment) * alignment;
    return Buffer.concat([text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(at)]);
  });
  const head = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(keys.length), ...keys, ...infos]);
  const padding = Buffer.alloc((alignment - (head.length % alignment)) % alignment);
  const random = gaussian(seed);
  const data = tensors.map(({ shape, ones }) => {
    const values = Buffer.alloc(Math.ceil((count(shape) * 4) / alignment) * alignment);
    for (let at = 0; at < count(shape); at += 1) values.writeFloatLE(ones ? 1 : random() * 0.08, at * 4);
    return values;
  });
  await writeFile(file, Buffer.concat([head, padding, ...data]));
}

interface Token {
  readonly text: string;
  readonly score: number;
  readonly type: number;
}

function buildVocabulary(): Token[] {
  const control = ['<unk>', '<s>', '</s>', '<|im_start|>', '<|im_end|>'];
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');
  return [
    ...control.map((each) => ({ text: each, score: 0, type: token.control })),
    ...Array.from({ length: 256 }, (_, value) => ({ text: `<0x${hex(value)}>`, score: 0, type: token.byte })),
    ...Array.from({ length: 95 }, (_, at) => ({ text: String.fromCharCode(32 + at), score: -1, type: token.normal })),
  ];
}

function buildKeys(vocabulary: readonly Token[]): Buffer[] {
  const key = (name: string, kind: number, value: Buffer): Buffer => Buffer.concat([text(name), u32(kind), value]);
  const number = (name: string, value: number): Buffer => key(name, type.uint32, u32(value));
  const list = (name: string, kind: number, values: readonly Buffer[]): Buffer =>
    key(name, type.array, Buffer.concat([u32(kind), u64(values.length), ...values]));
  return [
    key('general.architecture', type.string, text('llama')),
    key('general.name', type.string, text('tiny noise')),
    number('general.file_type', 0),
    number('llama.context_length', 8192),
    number('llama.embedding_length', width),
    number('llama.block_count', blocks),
    number('llama.feed_forward_length', hidden),
    number('llama.attention.head_count', 4),
    number('llama.attention.head_count_kv', 4),
    key('llama.attention.layer_norm_rms_epsilon', type.float32, f32(1e-5)),
    number('llama.rope.dimension_count', 16),
    number('llama.vocab_size', vocabulary.length),
    key('tokenizer.ggml.model', type.string, text('llama')),
    list(
      'tokenizer.ggml.tokens',
      type.string,
      vocabulary.map((each) => text(each.text)),
    ),
    list(
      'tokenizer.ggml.scores',
      type.float32,
      vocabulary.map((each) => f32(each.score)),
    ),
    list(
      'tokenizer.ggml.token_type',
      type.int32,
      vocabulary.map((each) => u32(each.type)),
    ),
    number('tokenizer.ggml.bos_token_id', 1),
    number('tokenizer.ggml.eos_token_id', 4),
    number('tokenizer.ggml.unknown_token_id', 0),
    key('tokenizer.chat_template', type.string, text(chatTemplate)),
  ];
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly ones?: boolean;
}

function buildTensors(words: number): Tensor[] {
  const block = (at: number): Tensor[] => {
    const name = (part: string): string => `blk.${at}.${part}.weight`;
    return [
      { name: name('attn_norm'), shape: [width], ones: true },
      ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((part) => ({ name: name(part), shape: [width, width] })),
      { name: name('ffn_norm'), shape: [width], ones: true },
      { name: name('ffn_gate'), shape: [width, hidden] },
      { name: name('ffn_up'), shape: [width, hidden] },
      { name: name('ffn_down'), shape: [hidden, width] },
    ];
  };
  return [
    { name: 'token_embd.weight', shape: [width, words] },
    ...Array.from({ length: blocks }, (_, at) => block(at)).flat(),
    { name: 'output_norm.weight', shape: [width], ones: true },
    { name: 'output.weight', shape: [width, words] },
  ];
}

const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const f32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};
const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

/** Normal deviates by Box-Muller over mulberry32, so that the file is the same everywhere. */
function gaussian(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
