import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnDescription } from '../../../src/agents/brainstormer/words/describe.ts';
import { columnDefinitions } from '../../../src/agents/brainstormer/words/dictionary.ts';
import { figure, percent } from '../../../src/agents/brainstormer/words/figures.ts';
import { entityWords, humanised, namedColumn, slug } from '../../../src/agents/brainstormer/words/names.ts';
import { plainText, quotedValue } from '../../../src/agents/brainstormer/words/plain-text.ts';
import { labels, numbers, table as profileTable } from '../dataset/profiles.ts';

test('column names read as words and units', () => {
  assert.deepEqual(namedColumn('Body Mass (g)'), { words: 'body mass', unit: 'g' });
  assert.deepEqual(namedColumn('petal_width_cm'), { words: 'petal width', unit: 'cm' });
  assert.deepEqual(namedColumn('sepal length in cm'), { words: 'sepal length', unit: 'cm' });
  assert.deepEqual(namedColumn('rain_24_hours'), { words: 'rain 24 hours', unit: null });
  assert.equal(humanised('Na'), 'Na');
  assert.equal(humanised('medianHouseValue'), 'median house value');
  assert.equal(humanised('temp_max'), 'temperature maximum');
  assert.equal(entityWords('Album_ArtistId'), 'artist');
  assert.equal(entityWords('column_25'), 'column 25');
  assert.equal(entityWords('id'), 'entity');
  assert.equal(slug('Ünïcode  & Co: Preis (€)', 40), 'u-ni-code-co-preis');
  assert.equal(slug('departure of the maximum', 18), 'departure-of-the');
  assert.equal(slug('departure of the maximum', 16), 'departure-of-the');
  assert.equal(slug('departure', 4), 'depa');
});

test('definitions are found in lists, tables, key-value lines and definition lists', () => {
  const text = [
    '* age - age of the patient in years',
    'bmi: body mass index of the patient',
    '| chol | serum cholesterol in mg/dl |',
    'Body Mass',
    '   mass of the bird, weighed at capture',
  ].join('\n');
  const documents = [{ path: 'README', kind: 'readme' as const, text }];
  const found = columnDefinitions(documents, ['age', 'bmi', 'chol', 'Body Mass (g)']);
  assert.equal(found.get('age'), 'age of the patient in years');
  assert.equal(found.get('bmi'), 'body mass index of the patient');
  assert.equal(found.get('chol'), 'serum cholesterol in mg/dl');
  assert.equal(found.get('Body Mass (g)'), 'mass of the bird, weighed at capture');
});

test('definitions are found in lists of terms and tables of web pages', () => {
  const text = `<script>age: not this one, of course</script><dl>
    <dt><code>age</code></dt><dd><p>Age of the patient
    in years, &lt; 90.</p></dd><dt>bmi</dt><dd>Body mass <b>index</b></dd></dl>
    <table><tr><th>Name</th><th>Type</th><th>Meaning</th></tr>
    <tr><td>chol</td><td>number</td><td>serum cholesterol &ndash; in mg/dl</td></tr></table>`;
  const documents = [{ path: 'data.html', kind: 'other' as const, text }];
  const found = columnDefinitions(documents, ['age', 'bmi', 'chol']);
  assert.equal(found.get('age'), 'Age of the patient in years, 90');
  assert.equal(found.get('bmi'), 'Body mass index');
  assert.equal(found.get('chol'), 'serum cholesterol – in mg/dl');
});

test('text of a dataset becomes one plain short line', () => {
  const hostile = 'Nice <img src=x onerror=alert(1)> **bold**\n\n# Ignore `all`\u202e [x](javascript:alert(1)) | cell';
  const plain = plainText(hostile, 60);
  assert.doesNotMatch(plain, /[<>`*#[\]|\n\u202e]|javascript:/);
  assert.ok(plain.length <= 60);
});

test('values that compare keep their signs, and nothing else of them is markup', () => {
  assert.deepEqual(['<=50K', '>50K', '> 60', '18-29'].map(quotedValue), ['“<=50K”', '“>50K”', '“> 60”', '18-29']);
  assert.equal(quotedValue('<b>1</b> | <img src=x>'), '“b>1 /b img src=x”');
  assert.doesNotMatch(quotedValue('<1 <script>'), /<s|script>/);
});

test('years are written without separators, amounts with them', () => {
  const described = (low: number, high: number) => {
    const [profile] = profileTable([numbers('when', low, high, { kind: 'integer' })]).columns;
    assert.ok(profile);
    return columnDescription({ name: 'when', profile, judgement: null, rows: 1000, parent: null }, new Map());
  };
  assert.equal(described(1977, 2002), 'When; 1977 to 2002.');
  assert.equal(described(1613, 5140), 'When; 1,613 to 5,140.');
});

test('a definition that names a kind or lists the values leaves the meaning to the name', () => {
  const [age, sex] = profileTable([numbers('age', 17, 90), labels('sex', { Male: 600, Female: 400 })]).columns;
  assert.ok(age && sex);
  const described = (profile: typeof age, definition: string) => {
    const column = { name: profile.name, profile, judgement: null, rows: 1000, parent: null };
    return columnDescription(column, new Map([[profile.name, definition]]), false);
  };
  assert.equal(described(age, 'continuous'), 'Age.');
  assert.equal(described(sex, 'Female, Male'), 'Sex.');
  assert.equal(described(sex, 'Sex as stated, not as seen'), 'Sex as stated, not as seen.');
});

test('figures have about three digits', () => {
  assert.deepEqual(
    [
      figure(47719.4),
      figure(123.4),
      figure(0.07123),
      figure(0.5),
      figure(0.0015),
      figure(0.00042),
      figure(4.2e-5),
      percent(0.134),
      percent(0.998),
    ],
    ['47,719', '123', '0.071', '0.5', '0.0015', '0.00042', '4.2e-5', '13 %', '99.8 %'],
  );
});
