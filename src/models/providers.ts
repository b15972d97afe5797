// The providers that a model id may name, in one table: where they are, and which variable holds their key.
// Facts are from the providers' documents; no hosted endpoint was contacted by the authors of this table.
import type { Compat } from './compat.ts';

export interface Provider {
  /** What stands before the colon of a model id. */
  readonly name: string;
  readonly title: string;
  /** Null: the user must say where it is. */
  readonly baseUrl: string | null;
  /** Environment variable that replaces the base URL. */
  readonly urlVariable: string;
  /** Environment variable that holds the key. */
  readonly keyVariable: string;
  readonly keyNeeded: boolean;
  /** Its name in the table of prices; null: it has no public price. */
  readonly prices: string | null;
  readonly compat: Partial<Compat>;
}

export const providers: readonly Provider[] = [
  {
    name: 'openai',
    title: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    urlVariable: 'OPENAI_BASE_URL',
    keyVariable: 'OPENAI_API_KEY',
    keyNeeded: true,
    prices: 'openai',
    compat: { maxTokensField: 'max_completion_tokens', images: true },
  },
  {
    name: 'azure',
    title: 'Azure OpenAI (v1 surface)',
    baseUrl: null,
    urlVariable: 'AZURE_OPENAI_BASE_URL',
    keyVariable: 'AZURE_OPENAI_API_KEY',
    keyNeeded: true,
    prices: 'azure',
    compat: { maxTokensField: 'max_completion_tokens', images: true },
  },
  {
    name: 'openrouter',
    title: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    urlVariable: 'OPENROUTER_BASE_URL',
    keyVariable: 'OPENROUTER_API_KEY',
    keyNeeded: true,
    prices: 'openrouter',
    // Else a request may be routed to a host that ignores the schema.
    compat: { images: true, extraBody: { provider: { require_parameters: true } } },
  },
  {
    name: 'anthropic',
    title: 'Anthropic (OpenAI-compatible surface)',
    baseUrl: 'https://api.anthropic.com/v1',
    urlVariable: 'ANTHROPIC_OPENAI_BASE_URL',
    keyVariable: 'ANTHROPIC_API_KEY',
    keyNeeded: true,
    prices: 'anthropic',
    // Its compatible surface ignores response_format, so a structured answer starts at the forced tool.
    compat: { images: true, jsonSchema: false, jsonObject: false, seed: false },
  },
  {
    name: 'gemini',
    title: 'Google Gemini (OpenAI-compatible surface)',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    urlVariable: 'GEMINI_OPENAI_BASE_URL',
    keyVariable: 'GEMINI_API_KEY',
    keyNeeded: true,
    prices: 'google',
    compat: { images: true },
  },
  {
    name: 'ollama',
    title: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    urlVariable: 'OLLAMA_BASE_URL',
    keyVariable: 'OLLAMA_API_KEY',
    keyNeeded: false,
    prices: null,
    compat: { truncatesSilently: true },
  },
  {
    name: 'lmstudio',
    title: 'LM Studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    urlVariable: 'LMSTUDIO_BASE_URL',
    keyVariable: 'LMSTUDIO_API_KEY',
    keyNeeded: false,
    prices: null,
    compat: { jsonObject: false },
  },
  {
    name: 'vllm',
    title: 'vLLM',
    baseUrl: 'http://127.0.0.1:8000/v1',
    urlVariable: 'VLLM_BASE_URL',
    keyVariable: 'VLLM_API_KEY',
    keyNeeded: false,
    prices: null,
    compat: {},
  },
  {
    name: 'llamacpp',
    title: 'llama.cpp server',
    baseUrl: 'http://127.0.0.1:8080/v1',
    urlVariable: 'LLAMACPP_BASE_URL',
    keyVariable: 'LLAMACPP_API_KEY',
    keyNeeded: false,
    prices: null,
    compat: {},
  },
  {
    name: 'local',
    title: 'any other OpenAI-compatible server',
    baseUrl: null,
    urlVariable: 'MLE_FORGE_BASE_URL',
    keyVariable: 'MLE_FORGE_API_KEY',
    keyNeeded: false,
    prices: null,
    compat: {},
  },
];
