import type { CohortRow, SetAuc } from "./cohort-task.ts";

/** Where the table of seeds ends and that of signals begins. */
const AS_DESIGNED = 1;

const measures = ["C", "CA", "CAR", "R", "ceiling"] as const;

/** docs/flagship.md from the rows of all cohorts. */
export function flagshipPage(rows: readonly CohortRow[], machine: string): string {
  const designed = rows.filter(({ signal }) => signal === AS_DESIGNED).sort((a, b) => a.seed - b.seed);
  const pictured = designed.filter(({ images }) => images);
  const tested = designed.map(({ test }) => test);
  const later = designed.map(({ prospective }) => prospective);
  return `# The flagship study: what to expect of it, and what 0.99 would take

SIMULATED DATA. Printed by \`npm run bench:flagship\` on ${machine}. Each row is a cohort of ${(designed[0]?.patients ?? 0).toLocaleString("en")} simulated patients of its own seed, with an ultrasound frame and a mask each, studied by [examples/nsln-simulated/study.yaml](../examples/nsln-simulated/study.yaml): models are fitted on the development set, and the test set and the prospective cohort are predicted once. R is radiomics alone; the ceiling is the AUC of the probability that the outcomes were drawn with, which no model of these patients can exceed but by chance. The last column is the correlation of the radiomic score with the trait that the images show.

## As designed: ${String(designed.length)} cohorts, ${String(pictured.length)} of them with images

Cohorts without images were studied for C and CA alone, which takes seconds (\`--without-images\`); means are over the cohorts that have the figure.

| seed | test set: patients, events | C | CA | CAR | R | ceiling | prospective CAR | ceiling | likeness |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${designed.map(seedRow).join("\n")}
| **mean** | | ${measures.map((name) => `**${three(mean(tested, name))}**`).join(" | ")} | **${three(mean(later, "CAR"))}** | **${three(mean(later, "ceiling"))}** | ${three(average(pictured.map(({ likeness }) => likeness)))} |
| **mean, with images** | | ${measures
    .map((name) =>
      three(
        mean(
          pictured.map(({ test }) => test),
          name,
        ),
      ),
    )
    .join(" | ")} | ${three(
    mean(
      pictured.map(({ prospective }) => prospective),
      "CAR",
    ),
  )} | ${three(
    mean(
      pictured.map(({ prospective }) => prospective),
      "ceiling",
    ),
  )} | |
| SD | | ${measures.map((name) => three(deviation(tested, name))).join(" | ")} | ${three(deviation(later, "CAR"))} | ${three(deviation(later, "ceiling"))} | |

One seed moves an AUC by about ${three(deviation(tested, "CA"))} (SD): a single cohort can show C anywhere between ${three(Math.min(...tested.map(({ C }) => C)))} and ${three(Math.max(...tested.map(({ C }) => C)))}, and the difference CAR − CA between ${three(Math.min(...pictured.map(gain)))} and ${three(Math.max(...pictured.map(gain)))}. Of processor time, drawing the frames of a cohort took ${seconds(rows, "draw")} s, measuring them ${seconds(rows, "measure")} s and the four final fits ${seconds(rows, "fit")} s.

## What 0.99 would take

\`--signal S\` is the coefficient of the image's trait in the log-odds of the outcome; above 1 the noise between the trait and each of its signs in the image is divided by S as well. Effects of clinical and axillary findings stay as they are, so that C and CA fall as the image comes to decide alone.

| signal | cohorts | C | CA | CAR | R alone | ceiling | likeness | R needed for this CAR beside this CA |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${signals(rows)
  .map((signal) => signalRow(rows.filter((row) => row.images && row.signal === signal)))
  .join("\n")}

The last column is what the binormal argument asks: for normal scores that are independent within each class, the squares of their d′ add up, so that CAR 0.994 beside CA 0.850 needs radiomics of AUC 0.989 alone. An image of the breast that told so much would exceed published direct imaging of the axilla. The signal at which CAR reaches 0.99 is one at which the image alone nearly decides the outcome: it is what such a figure claims, not what an image is known to show.

Further cohorts: \`npm run bench:flagship -- --seeds 1-20 --cache DIR\` studies those that the folder lacks, and the page is written from all that it holds.
`;
}

function seedRow({ seed, test, prospective, likeness }: CohortRow): string {
  const own = measures.map((name) => three(test[name])).join(" | ");
  return `| ${String(seed)} | ${String(test.patients)}, ${String(test.events)} | ${own} | ${three(prospective.CAR)} | ${three(prospective.ceiling)} | ${three(likeness)} |`;
}

function signalRow(rows: readonly CohortRow[]): string {
  const sets = rows.map(({ test }) => test);
  const likeness = average(rows.map((row) => row.likeness));
  const needed = requiredAuc(mean(sets, "CA"), mean(sets, "CAR"));
  return `| ${String(rows[0].signal)} | ${String(rows.length)} | ${measures.map((name) => three(mean(sets, name))).join(" | ")} | ${three(likeness)} | ${three(needed)} |`;
}

function signals(rows: readonly CohortRow[]): readonly number[] {
  return [...new Set(rows.filter(({ images }) => images).map(({ signal }) => signal))].sort((a, b) => a - b);
}

/** AUC of an independent score that lifts one AUC to another. */
function requiredAuc(from: number, to: number): number {
  const [own, both] = [separation(from), separation(to)];
  return normalShare(Math.sqrt(Math.max(0, both * both - own * own)) / Math.SQRT2);
}

/** d′ of an AUC: √2 Φ⁻¹, by bisection. */
function separation(auc: number): number {
  let [low, high] = [0, 12];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle / Math.SQRT2) < auc) low = middle;
    else high = middle;
  }
  return low;
}

/** Φ by Simpson's rule. */
function normalShare(z: number): number {
  const parts = 400;
  let sum = 0;
  for (let k = 0; k <= parts; k++) {
    const x = (z * k) / parts;
    sum += (k === 0 || k === parts ? 1 : k % 2 === 1 ? 4 : 2) * Math.exp((-x * x) / 2);
  }
  return 0.5 + (sum * z) / (3 * parts * Math.sqrt(2 * Math.PI));
}

function gain({ test: { CA, CAR } }: CohortRow): number {
  return (CAR ?? NaN) - CA;
}

function mean(sets: readonly SetAuc[], name: (typeof measures)[number]): number {
  return average(sets.map((set) => set[name]));
}

function deviation(sets: readonly SetAuc[], name: (typeof measures)[number]): number {
  const centre = mean(sets, name);
  const squares = known(sets.map((set) => set[name])).map((value) => (value - centre) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / (squares.length - 1));
}

function average(values: readonly (number | null)[]): number {
  const numbers = known(values);
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function known(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null);
}

function seconds(rows: readonly CohortRow[], part: keyof CohortRow["seconds"]): string {
  // Cohorts whose features were kept were not drawn.
  const drawn = rows.filter((row) => row.seconds.draw > 0);
  return average(drawn.map((row) => row.seconds[part])).toFixed(0);
}

function three(value: number | null): string {
  return value === null ? "" : value.toFixed(3);
}
