// What tokens cost, from a table that is shipped (offline) and the user's own prices. Unknown is unknown, never 0.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { describeError, ForgeError } from '../task/errors.ts';
import type { Usage } from './port.ts';
import { providers } from './providers.ts';

export interface PriceList {
  /** Which table, for the record of a run. */
  readonly version: string;
  /** US dollars for this use of a model (`provider:model`); null: there is no price for it. */
  cost(modelId: string, usage: Usage, at: Date): number | null;
}

/** The shipped table; a test holds the number to the package's. */
export const tableVersion = '@pydantic/genai-prices 0.1.8';
/** Environment variable that names a file with own prices. */
export const pricesVariable = 'MLE_FORGE_PRICES';

const dollars = z.number().min(0);
/** US dollars per million tokens by model id; `provider:*` stands for all models of a provider. */
const ownPricesSchema = z.record(
  z.string(),
  z.strictObject({ input: dollars, output: dollars, cachedInput: dollars.optional() }),
);
export type OwnPrices = z.infer<typeof ownPricesSchema>;

const million = 1_000_000;
const replayProvider = 'replay';

/**
 * The prices for a door: the file that MLE_FORGE_PRICES names goes before the shipped table.
 * @throws ForgeError `PRICES_UNREADABLE`.
 */
export async function loadPrices(env: Readonly<Record<string, string | undefined>>): Promise<PriceList> {
  const file = env[pricesVariable]?.trim();
  return priceList(file ? await readOwnPrices(file) : {});
}

/** A price list with these own prices before the shipped table. The table is loaded here, since only runs with models need it. */
export async function priceList(own: OwnPrices): Promise<PriceList> {
  const { calcPrice } = await import('@pydantic/genai-prices');
  return {
    version: Object.keys(own).length === 0 ? tableVersion : `${tableVersion} and own prices`,
    cost(modelId, usage, at) {
      const name = modelId.slice(0, modelId.indexOf(':'));
      const model = modelId.slice(name.length + 1);
      const mine = own[modelId] ?? own[`${name}:*`];
      if (mine !== undefined) return ownCost(mine, usage);
      // What was recorded costs nothing to hear again.
      if (name === replayProvider) return 0;
      const providerId = providers.find((provider) => provider.name === name)?.prices;
      if (!providerId) return null;
      const tokens = {
        input_tokens: usage.input,
        cache_read_tokens: usage.cachedInput,
        output_tokens: usage.output,
      };
      return calcPrice(tokens, model, { providerId, timestamp: at })?.total_price ?? null;
    },
  };
}

function ownCost({ input, output, cachedInput = input }: OwnPrices[string], usage: Usage): number {
  const fresh = usage.input - usage.cachedInput;
  return (fresh * input + usage.cachedInput * cachedInput + usage.output * output) / million;
}

async function readOwnPrices(file: string): Promise<OwnPrices> {
  try {
    return ownPricesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : describeError(error);
    throw new ForgeError(
      'PRICES_UNREADABLE',
      `The prices in ${file} cannot be used: ${why}`,
      'Write {"PROVIDER:MODEL": {"input": 1.25, "output": 10}}, in US dollars per million tokens.',
      'input',
      error,
    );
  }
}
