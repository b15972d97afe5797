// Words that rules recognise: ordered scales, and special categories of personal data.

/** Scales whose levels have an order that everybody knows, lowest first. */
const SCALES: readonly (readonly string[])[] = [
  ['very low', 'low', 'medium', 'high', 'very high'],
  ['low', 'moderate', 'high', 'extreme'],
  ['very poor', 'poor', 'fair', 'good', 'very good', 'excellent'],
  ['bad', 'average', 'good'],
  ['none', 'mild', 'moderate', 'severe', 'critical'],
  ['never', 'rarely', 'sometimes', 'often', 'always'],
  ['xs', 's', 'm', 'l', 'xl', 'xxl'],
  ['tiny', 'small', 'medium', 'large', 'huge'],
  ['strongly disagree', 'disagree', 'neutral', 'agree', 'strongly agree'],
  ['beginner', 'intermediate', 'advanced', 'expert'],
  ['bronze', 'silver', 'gold'],
];

/** The labels in the order of a known scale, or null; at least three, all of one scale. */
export function orderedScale(labels: readonly string[]): readonly string[] | null {
  const level = (label: string) => label.trim().toLowerCase().replace(/[_-]/g, ' ');
  for (const scale of SCALES) {
    const places = labels.map((label) => scale.indexOf(level(label)));
    if (labels.length >= 3 && places.every((place) => place >= 0))
      return [...labels].sort((a, b) => scale.indexOf(level(a)) - scale.indexOf(level(b)));
  }
  return null;
}

/** Special categories of the GDPR (article 9) and criminal records (article 10). */
const TOPICS: readonly (readonly [string, RegExp])[] = [
  ['religion', /\b(religions?|religious|faith|denomination)\b/],
  ['ethnic origin', /\b(ethnicity|ethnic|racial|caste|skin colou?r)\b/],
  ['sexual orientation', /\b(sexual orientation|sexuality|transgender|gender identity)\b/],
  ['political opinion', /\b(political (?:party|opinion|affiliation|leaning)|party affiliation|voted for)\b/],
  [
    'health',
    /\b(diagnos[ie]s|disease|cancer|tumou?r|hiv|diabet\w*|depression|suicid\w*|pregnan\w*|mental health|disabilit\w*|medical condition|stroke)\b/,
  ],
  ['trade union membership', /\b(trade union|union member(?:ship)?)\b/],
  ['criminal records', /\b(recidivis\w*|criminal record|convict(?:ion|ed)|arrested)\b/],
];

/** The first special category that a name or a title speaks of, with the word that shows it. */
export function sensitiveTopic(texts: readonly string[]): { topic: string; word: string } | null {
  for (const text of texts) {
    const words = text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replace(/[_-]+/g, ' ');
    for (const [topic, pattern] of TOPICS) {
      const word = pattern.exec(words)?.[0];
      if (word !== undefined) return { topic, word };
    }
  }
  return null;
}
