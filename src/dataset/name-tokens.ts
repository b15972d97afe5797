// Words in column names that hint at a role. They only break ties: measurements come first.

/** The words of a name: snake_case, kebab-case, camelCase, spaces and digits separate; lower case. */
export function nameTokens(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}

const hints = {
  identifier: [
    'id',
    'ids',
    'uid',
    'uuid',
    'guid',
    'key',
    'index',
    'idx',
    'no',
    'nr',
    'number',
    'num',
    'code',
    'serial',
    'rowid',
    'hash',
  ],
  latitude: ['lat', 'latitude', 'breitengrad', 'latitud', 'breite'],
  longitude: ['lon', 'lng', 'long', 'longitude', 'laengengrad', 'längengrad', 'longitud', 'laenge', 'länge'],
  target: [
    'target',
    'label',
    'class',
    'outcome',
    'response',
    'y',
    'diagnosis',
    'churn',
    'survived',
    'default',
    'fraud',
    'spam',
    'sentiment',
    'quality',
    'grade',
    'price',
    'value',
    'score',
    'rating',
    'magnitude',
    'mag',
    'species',
    'type',
    'category',
    'genre',
    'status',
    'approved',
    'sex',
    'gender',
    'weather',
    'income',
    'salary',
    'cost',
    'demand',
    'sales',
    'count',
    'total',
    'weight',
    'mass',
    'strength',
    'yield',
    'duration',
  ],
  postOutcome: [
    'updated',
    'modified',
    'closed',
    'resolved',
    'final',
    'result',
    'results',
    'outcome',
    'settled',
    'refunded',
    'cancelled',
    'processed',
    'reviewed',
    'felt',
  ],
  personal: [
    'firstname',
    'lastname',
    'surname',
    'email',
    'mail',
    'phone',
    'telephone',
    'fax',
    'mobile',
    'address',
    'street',
    'ssn',
    'passport',
    'birthdate',
    'birthday',
    'dob',
    'iban',
  ],
  group: [
    'patient',
    'subject',
    'user',
    'customer',
    'client',
    'person',
    'speaker',
    'author',
    'student',
    'participant',
    'household',
    'device',
    'sensor',
    'station',
    'machine',
    'vehicle',
    'session',
    'account',
    'individual',
    'animal',
    'artist',
    'company',
    'store',
    'shop',
    'school',
    'hospital',
    'player',
    'team',
    'site',
    'product',
    'item',
  ],
} as const;
export type Hint = keyof typeof hints;

/** Whether a name holds a word of the list; `first name` and `last name` count for personal data. */
export function hintsAt(name: string, hint: Hint): boolean {
  const tokens = nameTokens(name);
  const words: readonly string[] = hints[hint];
  if (
    hint === 'personal' &&
    tokens.at(-1) === 'name' &&
    /^(first|last|full|sur|given|family|middle)$/.test(tokens.at(-2) ?? '')
  )
    return true;
  return tokens.some((token) => words.includes(token)) || (hint === 'personal' && words.includes(tokens.join('')));
}
