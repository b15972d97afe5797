// Reports for people and machines: what they hold, and that no text of a task becomes markup.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileStart } from '../../../src/task/findings.ts';
import { catalogue } from '../../../src/verify/catalogue.ts';
import type { VerificationReport } from '../../../src/verify/contract.ts';
import { htmlReport } from '../../../src/verify/report/html.ts';
import { junitOf } from '../../../src/verify/report/junit.ts';
import { ladderChart } from '../../../src/verify/report/ladder-chart.ts';
import { markdownReport } from '../../../src/verify/report/markdown.ts';
import { sarifOfAll } from '../../../src/verify/report/sarif.ts';
import { counted, familyRows } from '../../../src/verify/report/summary.ts';
import { report } from '../../support/sample-report.ts';

describe('the summary', () => {
  it('counts each check once, by the worst that is not suppressed', () => {
    const met = familyRows(report).find(({ family }) => family === 'MET');
    assert.deepEqual([met?.error, met?.warning, met?.suppressed], [1, 1, 1]);
    assert.equal(counted(report.findings), '3 errors, 1 warning, 1 suppressed');
    assert.equal(counted([]), 'no findings');
  });
});

describe('the HTML report', () => {
  const page = htmlReport(report, null);
  it('lets no text of a task become markup, and loads and runs nothing', () => {
    assert.ok(!page.includes('<img'), 'escaped');
    assert.ok(!page.includes('\u202E') && !page.includes('\u0007'), 'no character turns the reading order');
    assert.ok(!/<script|<link|<iframe|src=x onerror="|javascript:|url\(/.test(page));
    assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
  });

  it('has headings, header cells with a scope, a language, and a drawing that is told in words', () => {
    assert.match(page, /<html lang="en">/);
    assert.equal(page.match(/<h1>/g)?.length, 1);
    assert.ok(!/<th(?![^>]*scope=)[ >]/.test(page));
    assert.match(page, /role="img" aria-label="[^"]*constant 0\.5, strong 0\.91\./);
    assert.match(page, /prefers-color-scheme: dark/);
  });

  it('shows a suppressed finding with the reason of the owner, behind those that decide', () => {
    assert.match(page, /suppressed error<\/span> MET002/);
    assert.ok(page.indexOf('Accepted by the owner') > page.indexOf('The second of its code'));
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [, close, name = '', rest = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^>"])*)>/g)) {
      if (['meta', 'line', 'circle'].includes(name) || rest.endsWith('/')) continue;
      if (close === '/') assert.equal(open.pop(), name);
      else open.push(name);
    }
    assert.deepEqual(open, []);
  });
});

describe('the drawing of the ladder', () => {
  it('keeps every interval inside, also for one rung, equal scores and huge scores', () => {
    for (const scores of [[0], [3, 3], [-5e9, 1e12], [1e-9, 2e-9]]) {
      const rungs = scores.map((score) => ({
        name: 'strong' as const,
        score,
        ci95: [score, score] as [number, number],
        gain: null,
      }));
      const drawing = ladderChart(rungs, null);
      for (const [, x] of drawing.matchAll(/ (?:x1|x2|cx)="([^"]+)"/g))
        assert.ok(Number(x) >= 0 && Number(x) <= 640, x);
    }
  });
});

describe('the Markdown report', () => {
  it('escapes text in tables, mentions nobody and links nothing', () => {
    const text = markdownReport(report, null);
    const outside = text.replace(/(`+)[^`].*?[^`]\1(?!`)/g, '');
    assert.ok(!outside.includes('<img') && !outside.includes('@someone') && !outside.includes('http:'), outside);
    assert.ok(!outside.includes('[link]'));
    for (const row of text.split('\n').filter((line) => line.startsWith('| PRE001')))
      assert.equal(row.match(/(?<!\\)\|/g)?.length, 3, row);
  });
});

describe('SARIF', () => {
  interface Log {
    runs: {
      tool: { driver: { rules: { id: string; help: { markdown: string } }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        partialFingerprints: Record<string, string>;
        suppressions?: { kind: string; justification: string }[];
        locations: {
          physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: { startLine: number } };
        }[];
      }[];
    }[];
  }
  const logOf = (folder: string | undefined, given = report): Log =>
    JSON.parse(JSON.stringify(sarifOfAll([given], catalogue, [folder]))) as Log;

  it('gives rules, levels, suppressions, and places below the root of the repository', () => {
    const [run] = logOf('tasks/a-task').runs;
    for (const { ruleId, ruleIndex } of run?.results ?? []) assert.equal(run?.tool.driver.rules[ruleIndex]?.id, ruleId);
    assert.deepEqual(
      run?.results.map(({ level }) => level),
      ['error', 'warning', 'error', 'error', 'error'],
    );
    const [first, , third] = run?.results ?? [];
    assert.deepEqual(first?.locations[0]?.physicalLocation.artifactLocation, {
      uri: 'tasks/a-task/data/public/a%20b.csv',
      uriBaseId: '%SRCROOT%',
    });
    assert.equal(first?.locations[0]?.physicalLocation.region.startLine, 5);
    assert.match(third?.suppressions?.[0]?.justification ?? '', /^Agreed/);
  });

  it('keeps the print of a finding when its line and figures change, and tells two of one code apart', () => {
    const prints = (given: VerificationReport) =>
      logOf(undefined, given).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints['finding/v1']);
    const moved = { ...report, findings: report.findings.map((f) => ({ ...f, range: fileStart, message: 'Other.' })) };
    assert.deepEqual(prints(moved), prints(report));
    assert.equal(new Set(prints(report)).size, report.findings.length);
  });
});

describe('JUnit', () => {
  const xml = junitOf([report]);
  it('has a suite per family, a case per check, one failure per case, and counts that add up', () => {
    assert.match(xml, /<testsuites name="MLE Forge" tests="6" failures="2" errors="0" skipped="2">/);
    assert.match(xml, /<testsuite name="a-task MET Metric contract" tests="3" failures="1" errors="0" skipped="1">/);
    assert.equal(xml.match(/<failure /g)?.length, 2);
    assert.match(xml, /The second of its code/);
  });

  it('skips a case whose findings are suppressed, with the reason, and escapes all text', () => {
    assert.match(xml, /name="MET002"><skipped message="suppressed: Agreed with the owner\. &lt;img/);
    assert.match(xml, /name="PRE001"><skipped message="no dataset &lt;img/);
    assert.ok(!xml.includes('<img') && !xml.includes('\u0007'));
  });
});
