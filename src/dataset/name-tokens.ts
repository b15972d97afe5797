// Words in column names that hint at a role. They only break ties: measurements come first.

/** The words of a name: snake_case, kebab-case, camelCase, spaces and digits separate; lower case. */
export function nameTokens(name: string): string[] {
  return name
    .normalize('NFC')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter((word) => word !== ''));

const hints = {
  identifier: words('id ids uid uuid guid key index idx no nr number num code serial rowid hash ref'),
  /** Identifiers that may also name a class: a genre id is worth predicting, a session id is not. */
  strictIdentifier: words('id ids uid uuid guid key rowid hash'),
  latitude: words('lat latitude breitengrad breite latitud latitudine enlem szerokosc 緯度 纬度'),
  longitude: words('lon lng long longitude laengengrad längengrad laenge länge longitud longitudine boylam 経度 经度'),
  /** Names that people give to what they want to know. */
  strongTarget: words(`target label class outcome response y diagnosis churn churned survived survival default fraud
    spam sentiment price score rating grade quality success converted conversion winner win attrition exited
    readmitted mortality died death disease risk ziel zielwert preis klasse`),
  /** Whole numbers under these names are classes; under others (a rating, a count) they have an order. */
  classCode: words('label class target species type category kind diagnosis cluster genre klasse'),
  /** Names of quantities and kinds that are often worth knowing. */
  weakTarget: words(`value values type kind category genre species status approved sex gender income salary wage cost
    demand sales revenue amount count total weight mass strength yield duration magnitude mag intensity power energy
    consumption speed temperature pressure concentration level result satisfaction severity priority age wert umsatz
    milliseconds seconds minutes hours`),
  /** How rows came about, not what they say. */
  administrative: words(`batch lot study project survey expedition campaign cohort version revision source sources
    provider network net protocol uploader codec mime media encoding format`),
  stored: words('file filename filepath filesize path bytes kilobytes megabytes bitrate checksum md5 sha1 sha256'),
  precision: words('error err uncertainty residual rms rmse stderr stdev sem tolerance'),
  place: words(`region country state province city town county district place location zone area island continent
    proximity neighbourhood neighborhood borough municipality ort stadt land region`),
  postOutcome: words(`updated modified closed resolved final result results outcome settled refunded cancelled canceled
    processed reviewed completed finished decision verdict resolution disposition`),
  personal: words(`firstname lastname surname forename fullname email mail phone telephone fax mobile address street
    ssn passport birthdate birthday dob iban vorname nachname strasse straße telefon prenom prénom nom apellido
    nombre direccion correo`),
  group: words(`patient subject user customer client person speaker author student participant household device sensor
    station machine vehicle session account individual animal artist company store shop school hospital player team
    site product item driver employee member owner plant engine`),
  /** Beings that are measured again and again: what is learnt of them must hold for others. */
  being: words('patient subject participant volunteer respondent individual student person'),
} as const;
export type Hint = keyof typeof hints;

/** Whether a column is called `id` and nothing else: the name that public files give to the number of a row. */
export function isBareId(name: string): boolean {
  return name.trim().toLowerCase() === 'id';
}

const counting = words('number num no nr n');

/** Whether a name counts things rather than numbering them: `num_rooms`, `number of doors`, `number`; not `house number`. */
export function isCountName(name: string): boolean {
  const [first, ...others] = nameTokens(name);
  if (first === undefined || !counting.has(first)) return false;
  return others.length > 0 || first === 'number';
}

const nameParts = words('first last full sur given family middle maiden');

/** Whether a name holds a word of the list; `first name` and `last name` count for personal data. */
export function hintsAt(name: string, hint: Hint): boolean {
  const tokens = nameTokens(name);
  if (hint === 'personal') {
    if (tokens.at(-1) === 'name' && nameParts.has(tokens.at(-2) ?? '')) return true;
    if (hints.personal.has(tokens.join(''))) return true;
  }
  return tokens.some((token) => hints[hint].has(token));
}
