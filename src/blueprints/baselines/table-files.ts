// How scripts read the public tables and write the submission.

export const readTable = `def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)
`;

export const readBoth = '    train, test = read(public / "train.csv"), read(public / "test.csv")\n';

/** Probabilities with six decimals and numbers with seven digits: enough for a score, and stable from machine to machine. */
export const write = '    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\\n")\n';
