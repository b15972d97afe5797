// Python functions that turn a frame of features into the matrix of a model.
import type { BaselineView } from './view.ts';

/** More number columns than this are cut down before a linear model. */
export const wideColumns = 300;

/** `linear_inputs()`: scaled numbers, one-hot categories and TF-IDF of texts, side by side. */
export function linearInputs({ numbers, categories, texts, dates }: BaselineView, select: string): string {
  const parts: string[] = [];
  if (numbers.length + dates.length > 0) {
    const chosen = numbers.length > wideColumns ? `, SelectKBest(${select}, k=${wideColumns})` : '';
    parts.push(`    fill = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    numbers = make_pipeline(fill, StandardScaler()${chosen})`);
  }
  if (categories.length > 0) {
    parts.push(
      '    categories = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5, max_categories=100)',
    );
  }
  const columns = [
    numbers.length + dates.length > 0 ? '("numbers", numbers, make_column_selector(dtype_include="number"))' : '',
    categories.length > 0 ? '("categories", categories, CATEGORIES)' : '',
    texts.length > 0
      ? '*((name, TfidfVectorizer(sublinear_tf=True, max_features=20_000), name) for name in TEXTS)'
      : '',
  ].filter((line) => line !== '');
  return `def linear_inputs() -> ColumnTransformer:
    """${linearSummary(numbers.length + dates.length > 0, categories.length > 0, texts.length > 0)}."""
${parts.map((part) => `${part}\n`).join('')}    return ColumnTransformer(
        [
${columns.map((line) => `            ${line},\n`).join('')}        ]
    )
`;
}

function linearSummary(numbers: boolean, categories: boolean, texts: boolean): string {
  const words = [
    numbers ? 'numbers filled and scaled' : '',
    categories ? 'categories one column per level' : '',
    texts ? 'texts as TF-IDF weights of words' : '',
  ].filter((word) => word !== '');
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `tree_inputs()`: categories as codes first, then numbers as they are, then texts as a few latent dimensions. */
export function treeInputs({ numbers, categories, texts, dates }: BaselineView): string {
  const parts: string[] = [];
  if (categories.length > 0) {
    parts.push(`    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan, max_categories=100)
`);
  }
  if (numbers.length + dates.length > 0) {
    parts.push(`    # Missing numbers become one low value of their own, which also serves columns without any value.
    filled = SimpleImputer(strategy="constant", fill_value=-1e12, keep_empty_features=True)
`);
  }
  const columns = [
    categories.length > 0 ? '("categories", codes, CATEGORIES)' : '',
    numbers.length + dates.length > 0 ? '("numbers", filled, make_column_selector(dtype_include="number"))' : '',
    texts.length > 0 ? '*((name, text_dimensions(), name) for name in TEXTS)' : '',
  ].filter((line) => line !== '');
  const dimensions =
    texts.length > 0
      ? `

def text_dimensions() -> Pipeline:
    """Each text as 30 latent dimensions of its TF-IDF weights."""
    words = HashingVectorizer(n_features=2**14, alternate_sign=False)
    return make_pipeline(words, TfidfTransformer(sublinear_tf=True), TruncatedSVD(30, random_state=SEED))
`
      : '';
  return `def tree_inputs() -> ColumnTransformer:
    """${categories.length > 0 ? 'Categories as codes, then the numbers as they are' : 'The numbers as they are'}."""
${parts.join('')}    return ColumnTransformer(
        [
${columns.map((line) => `            ${line},\n`).join('')}        ]
    )
${dimensions}`;
}
