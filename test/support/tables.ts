// Small generated datasets: the same bytes on every machine.

/** Numbers in [0, 1) from a linear congruential generator; equal seeds give equal sequences. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 0x1000000;
  };
}

/** A table of plots: `harvest` follows rain and soil with noise, `grade` follows the harvest. */
export function plotsTable(rows: number, seed = 1): string {
  const random = randomNumbers(seed);
  const lines = ['plot,rain_mm,soil,slope_deg,sown,harvest_kg,grade'];
  for (let row = 0; row < rows; row += 1) {
    const rain = 200 + random() * 600;
    const soil = ['clay', 'loam', 'sand'][Math.floor(random() * 3)] ?? 'loam';
    const slope = random() * 20;
    const bonus = { clay: 0, loam: 180, sand: -120 }[soil] ?? 0;
    const harvest = 300 + 0.9 * rain + bonus - 6 * slope + (random() - 0.5) * 160;
    const grade = harvest + (random() - 0.5) * 200 > 680 ? 'good' : 'poor';
    const day = 1 + Math.floor(random() * 28);
    lines.push(
      `P${1000 + row},${rain.toFixed(1)},${soil},${slope.toFixed(1)},2021-04-${String(day).padStart(2, '0')},${harvest.toFixed(1)},${grade}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
