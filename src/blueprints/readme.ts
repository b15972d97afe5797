// README.md of a package: how to prepare, grade and use the task by hand, without MLE Forge.
import type { ManifestDraft } from './blueprint.ts';
import { escaped } from './description/markdown.ts';

/** Markdown about the package's files and how to run them. */
export function renderReadme(manifest: ManifestDraft): string {
  return `# ${escaped(manifest.title)}

${escaped(manifest.summary)}

This folder stands alone: Python with ${manifest.requires.join(', ')} is all it needs.

    python prepare.py RAW data/public data/private        # builds both parts from the raw dataset
    python baselines/strong.py data/public submission.csv # makes a submission

    python - submission.csv <<'END'
    import sys
    import pandas as pd
    from metric import evaluate
    print(evaluate(pd.read_csv(sys.argv[1]), pd.read_csv("data/private/test_answer.csv")))
    END

| file | what it is |
|---|---|
| \`task.json\` | the manifest: target, split, metric, submission, and why each was chosen |
| \`description.md\` | what a competitor reads; a copy is in \`data/public\` |
| \`prepare.py\` | raw dataset to \`data/public\` and \`data/private\` |
| \`metric.py\` | \`evaluate\` and \`validate_submission\` |
| \`baselines/\` | solvers to start from |
| \`data/public/\` | what a competitor gets |
| \`data/private/\` | the answers: never give this folder away |
| \`verification/\` | what was checked, and what was found |
| \`runs/\` | submissions and scores of the baselines |
`;
}
