// The catalogue of family REV, as far as rules can judge: what the text of a task says, and whether it is so.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('REV');

export const reviewCatalogue = {
  files: row('REV001', 'warning', {
    title: 'The description names no file that competitors do not get.',
    why: 'Who is told of a file looks for it, and reports the task as broken.',
    measured:
      'Names with the extension of a data or code file are looked up in data/public; private and raw files are STR018.',
    remedy: 'Correct the name, or take it out.',
  }),
  definition: row('REV002', 'warning', {
    title: 'The description defines the metric.',
    why: 'One name has several definitions (F1 of which class, macro or micro, log of which base): competitors optimise what they guess.',
    measured: 'A formula, or a sentence that says what is averaged or divided, near a place that names the metric.',
    remedy: 'Give the formula, or one sentence, beside the name of the metric.',
  }),
  example: row('REV003', 'warning', {
    title: 'The description shows an example of a submission that would be accepted.',
    why: 'The first submission of most competitors copies the example.',
    measured:
      'A fenced block that starts with the id column; its header is compared with the submission columns, its rows with their number, type and allowed labels.',
    remedy: 'Show the first lines of a valid submission in a fenced block.',
  }),
  labels: row('REV004', 'warning', {
    title: 'The description lists every label that a submission may name.',
    why: 'A label that is spelt otherwise makes the whole submission invalid.',
    measured: 'Each allowed label of a label column is searched as a word.',
    remedy: 'List the labels as they must be spelt.',
  }),
  columns: row('REV005', 'warning', {
    title: 'The table of columns agrees with the tables of data.',
    why: 'A type or a range that is not so sends readers after errors of their own.',
    measured:
      'Rows of a Markdown table of columns: the column exists and is given where the table says; a number, integer or date is one in 95 % of its cells; values lie within the stated range (2 % of it and three digits allowed); a target lists no class that is not asked.',
    remedy: 'Correct the row of the table.',
  }),
  placeholders: row('REV006', 'warning', {
    title: 'No placeholder is left in the text.',
    why: 'A text that was not finished was not read by its author.',
    measured:
      'Lorem ipsum, TBD, TODO, template braces and instructions in brackets, in description.md and the texts of task.json; code and formulas left out.',
    remedy: 'Write what belongs there.',
  }),
  preparation: row('REV007', 'warning', {
    title: 'The description tells no seed, split code or path of the preparation.',
    why: 'With the public raw data and the seed of the split, a competitor rebuilds the answers.',
    measured:
      'A seed with its value, names of split functions, absolute paths and folders of a home directory; names of private files are STR018.',
    remedy: 'Take the sentence out; say how the split is made, not how to repeat it.',
  }),
  answers: row('REV008', 'error', {
    title: 'The description restates no answers.',
    why: 'Examples made from the first test rows give their answers away.',
    measured:
      'Lines that start with a test id and hold its answer; an error when so many hits have a chance under one in a thousand. Ten and more such lines are LEK015.',
    remedy: 'Make the example from invented values.',
  }),
  fit: row('REV009', 'warning', {
    title: 'The metric fits the objective and the target.',
    why: 'With accuracy, a majority guess beats a real model on uneven classes; a percentage error explodes near zero.',
    measured:
      'Accuracy with a class of 70 % or more of train; MAPE with over 1 % of targets within a hundredth of their median size of zero; plain RMSE on a positive target of skewness 3 or more; R² on fewer than 30 times; a metric of unordered classes for labels of a known ordered scale.',
    remedy: 'Average precision or macro F1; MAE or RMSLE; MASE or MAE; quadratic kappa.',
  }),
  licence: row('REV010', 'warning', {
    title: 'The licence of the data is known.',
    why: 'Without a licence nobody may publish the task, and nobody knows whether they may use it.',
    measured: '`dataset.licence` is neither empty nor "unknown" or a word like it.',
    remedy: 'Find the terms of the source and write their SPDX name into task.json.',
  }),
  personal: row('REV011', 'warning', {
    title: 'The public tables hold no personal data.',
    why: 'Publishing addresses and numbers of people harms them and may be against the law.',
    measured:
      'E-mail addresses, telephone numbers, IP addresses, card numbers with a right check digit, and columns named for names or addresses of people; three different ones or more in a column of train.csv or test.csv. Examples are masked.',
    remedy:
      'Leave the column out, or replace the values by keyed pseudonyms; or say in a suppression why they are public.',
  }),
  sensitive: row('REV012', 'information', {
    title: 'The target is no sensitive attribute of people.',
    why: 'A model of religion, health or orientation can be used against the people it is about (special categories, GDPR article 9).',
    measured: 'Words of the target, its derivation and the title against a general vocabulary.',
    remedy: 'Make sure that the use is legitimate and the rows are no identifiable people; say so in a suppression.',
  }),
  contradiction: row('REV013', 'error', {
    title: 'Title, summary and description say what the manifest says.',
    why: 'A text with the wrong direction or metric makes competitors work for the wrong score.',
    measured:
      'Direction words, metrics named as what scores (errors); number of classes, headline and ids of other tasks (warnings).',
    remedy: 'Correct the text, or the manifest.',
  }),
  readable: row('REV014', 'information', {
    title: 'A stranger can read the description.',
    why: 'Vague text is the main complaint of reviewers.',
    measured:
      'At least 60 words of prose, headings in a text of over 150 words, and no empty meaning in the table of columns.',
    remedy: 'Add what a newcomer to the subject needs: where the rows come from, and what each column means.',
  }),
} as const satisfies Record<string, Check>;
