// Scores as people read them.
import type { Grade } from '../../verify/runs/grade-submission.ts';

/** Four significant digits; whole numbers are not cut. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

/** `0.8733 (95 % interval 0.83 to 0.91)`, or the reason of the refusal. */
export function gradeText(grade: Grade): string {
  if (!grade.valid) return grade.error;
  const [low, high] = grade.ci95;
  return `${figure(grade.score)} (95 % interval ${figure(low)} to ${figure(high)})`;
}
