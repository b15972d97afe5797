// How measured figures are read and shown.

/** A skill above this many standard errors is no accident, also among a hundred that are tried. */
const CERTAIN = 5;

export interface Told {
  readonly skill: number;
  readonly error: number;
}

/** Whether something tells at least so much, and surely. */
export function tells({ skill, error }: Told, least: number): boolean {
  return skill >= least && skill > CERTAIN * error;
}

/** A share as people read it: `12 %`, `0.4 %`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${Math.abs(value) >= 10 || Number.isInteger(value) ? Math.round(value) : Number(value.toPrecision(2))} %`;
}

/** Three decimals: what evidence shows of a skill. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
