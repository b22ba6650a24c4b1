import { describe, expect, it } from "vitest";
import { patientId } from "../../cohort/patient.ts";
import type { NumericPredictor, Predictor } from "../../features/predictor-table.ts";
import { createRandom } from "../../math/random.ts";
import { auc } from "../../validation/roc.ts";
import { auditPipeline } from "./audit-pipeline.ts";
import type { AuditedPredictor, AuditSubject } from "./audit-subject.ts";
import { availabilityLamp } from "./availability-lamp.ts";
import { identityLamp } from "./identity-lamp.ts";
import type { LampName } from "./lamp.ts";
import { ledgerLamp } from "./ledger-lamp.ts";
import { permutationLamp } from "./permutation-lamp.ts";
import { plausibilityLamp } from "./plausibility-lamp.ts";
import { shortcutLamp } from "./shortcut-lamp.ts";

const PATIENTS = 160;
const random = createRandom(5);
const patients = Array.from({ length: PATIENTS }, (_, row) => patientId(`case${row}`));
const outcome = Uint8Array.from(patients, (_, row) => (row % 3 === 0 ? 1 : 0));
const [early, late] = [patients.slice(0, 110), patients.slice(110)];
const eventsOf = (of: readonly string[]) =>
  patients.reduce((sum, patient, row) => sum + (of.includes(patient) ? outcome[row] : 0), 0);

function column(name: string, valueOf: (row: number) => number): NumericPredictor {
  const source = { kind: "clinical", variable: name } as const;
  return {
    kind: "numeric",
    name,
    label: name,
    source,
    unit: null,
    values: Float64Array.from(patients.keys(), valueOf),
  };
}

const noise = (name: string) => column(name, () => random.normal());
const signal = column("age", (row) => 0.9 * outcome[row] + random.normal());
const known = (of: Predictor, more: Partial<AuditedPredictor> = {}): AuditedPredictor => ({
  column: of,
  known: "before-surgery",
  blocks: ["C"],
  acknowledged: null,
  ...more,
});

/** A pipeline without a mistake: one column, judged as it is. */
function honest(more: Partial<AuditSubject> = {}): AuditSubject {
  const folds = [0, 1, 2, 3, 4].map((fold) => ({
    training: patients.filter((_, row) => row % 5 !== fold),
    testing: patients.filter((_, row) => row % 5 === fold),
  }));
  return {
    seed: 1,
    patients,
    outcome,
    models: [{ name: "C", blocks: ["C"], auc: auc(outcome, signal.values) }],
    rerun: (drawn) => Promise.resolve(drawn.map((one) => [auc(one.outcome, signal.values)])),
    predictors: [known(signal), known(noise("size"))],
    decision: "before-surgery",
    ledger: {
      protocol: "a",
      openings: [{ dataset: "test", protocol: "a", date: "2020-01-01" }],
      prospective: null,
    },
    identities: {
      cohort: { patients, events: eventsOf(patients) },
      parts: [
        { name: "development", patients: early, events: eventsOf(early) },
        { name: "test", patients: late, events: eventsOf(late) },
      ],
      folds,
      artefacts: [{ name: "model C", trainedOn: early, judgedOn: late }],
      duplicates: [],
      isRandomSplit: true,
      rows: { patients, columns: [signal, noise("size")] },
    },
    shortcuts: [{ name: "metadata", table: { patients, columns: [noise("width")] } }],
    imagesAlone: null,
    performance: { dataset: "test set", outcome, scores: [[signal.values]], imageBlocks: [] },
    ...more,
  };
}

const lamps = {
  permutations: (subject: AuditSubject) => permutationLamp(subject, { permutations: 40 }),
  availability: availabilityLamp,
  ledger: ledgerLamp,
  identities: identityLamp,
  shortcuts: shortcutLamp,
  plausibility: plausibilityLamp,
} satisfies Record<LampName, unknown>;

/** What one lamp says, without the work of the others. */
async function lampOf(name: LampName, subject: AuditSubject) {
  const { colour, reasons } = await lamps[name](subject);
  return { colour, codes: reasons.map(({ code }) => code) };
}

const clean = honest();

describe("auditPipeline", () => {
  it("is green for a pipeline without a mistake, and plain JSON", async () => {
    const audit = await auditPipeline(clean, { permutations: 60 });
    expect(audit.lamps.filter(({ colour }) => colour === "red")).toEqual([]);
    expect(audit.lamps.map(({ colour }) => colour)).toEqual(Array(6).fill("green"));
    expect(JSON.parse(JSON.stringify(audit))).toEqual(audit);
  });

  it("asks for at least 20 permutations, and stops where they are enough", async () => {
    await expect(auditPipeline(clean, { permutations: 10 })).rejects.toThrow(/at least 20/);
    const audit = await auditPipeline(clean, { permutations: 200, enough: (done) => done >= 30 });
    expect(audit.lamps[0].evidence.permutations).toBe(30);
  });

  it("sees a model that finds what is not there", async () => {
    const leaky = honest({
      rerun: (drawn) =>
        Promise.resolve(
          drawn.map((one) => [
            auc(
              one.outcome,
              signal.values.map((value, row) => value + one.outcome[row]),
            ),
          ]),
        ),
    });
    const { colour, codes } = await lampOf("permutations", leaky);
    expect([colour, codes[0]]).toEqual(["red", "permuted-auc-high"]);
  });

  it("calls a model uninformative that permuted outcomes do as well", async () => {
    const useless = honest({ models: [{ name: "C", blocks: ["C"], auc: 0.52 }] });
    expect(await lampOf("permutations", useless)).toMatchObject({
      colour: "amber",
      codes: ["uninformative"],
    });
  });

  it("sees columns that say the outcome, that are known too late, and whose name follows it", async () => {
    const echo = known(column("marker", (row) => outcome[row] + 0.2 * random.normal()));
    const later = known(noise("grade"), { known: "final-pathology" });
    const nodes = known(noise("nodes_examined"));
    const subject = honest({ predictors: [echo, later, nodes, known(signal)] });
    const { colour, codes } = await lampOf("availability", subject);
    expect(colour).toBe("red");
    expect([...codes].sort()).toEqual(["forbidden-name", "known-after-decision", "single-predictor"]);
    const kept = honest({
      predictors: [
        { ...echo, acknowledged: "measured before" },
        { ...nodes, acknowledged: "nodes on ultrasound" },
      ],
    });
    expect((await lampOf("availability", kept)).colour).toBe("amber");
  });

  it("says nothing of columns that no model uses", async () => {
    const unused = honest({
      predictors: [
        known(
          column("marker", (row) => outcome[row]),
          { blocks: [], known: "never" },
        ),
      ],
    });
    expect((await lampOf("availability", unused)).colour).toBe("green");
  });

  it("counts a level as its share of events in other folds", async () => {
    const levels: Predictor = {
      kind: "categorical",
      name: "ward",
      label: "ward",
      source: { kind: "clinical", variable: "ward" },
      levels: ["a", "b"],
      ordered: false,
      reference: 0,
      codes: Int16Array.from(outcome),
    };
    const { codes } = await lampOf("availability", honest({ predictors: [known(levels)] }));
    expect(codes).toEqual(["single-predictor"]);
  });

  it("sees a protocol that was changed after the test set had been opened", async () => {
    const opened = (protocols: readonly string[]) =>
      honest({
        ledger: {
          protocol: "a",
          openings: protocols.map((protocol) => ({ dataset: "test", protocol, date: "2020-01-01" })),
          prospective: null,
        },
      });
    expect((await lampOf("ledger", opened(["a", "a", "a"]))).colour).toBe("green");
    expect((await lampOf("ledger", opened(["a", "b"]))).colour).toBe("amber");
    expect((await lampOf("ledger", opened(["b", "a"]))).codes).toEqual(["protocol-changed-after-opening"]);
    expect((await lampOf("ledger", honest({ ledger: null }))).colour).toBe("amber");
  });

  it.each([
    ["2019-12-31", "2020-01-01", "green"],
    ["2020-01-01", "2020-01-01", "red"],
    [null, "2020-01-01", "red"],
    ["2019-12-31", null, "amber"],
  ])("a model of %s and prospective patients from %s on: %s", async (frozen, firstEnrolment, colour) => {
    const ledger = { protocol: "a", openings: [], prospective: { frozen, firstEnrolment } };
    expect((await lampOf("ledger", honest({ ledger }))).colour).toBe(colour);
  });

  it("sees patients on both sides of a line", async () => {
    const { identities } = clean;
    const [dev, test] = identities.parts;
    const twice = { ...test, patients: [...test.patients, ...dev.patients.slice(0, 4)] };
    const found = async (more: Partial<AuditSubject["identities"]>) =>
      (await lampOf("identities", honest({ identities: { ...identities, ...more } }))).codes;
    expect(await found({ parts: [dev, twice] })).toContain("patients-in-two-parts");
    expect(await found({ artefacts: [{ name: "scaler", trainedOn: patients, judgedOn: late }] })).toEqual([
      "judged-on-training-patients",
    ]);
    expect(await found({ folds: [{ training: patients, testing: late }] })).toEqual([
      "patients-in-two-folds",
    ]);
    expect(
      await found({ parts: [dev, { ...test, patients: [...test.patients, null, patientId("new")] }] }),
    ).toEqual(["rows-without-patient", "rows-of-no-patient"]);
    const pair = { shared: "the same image", isDeclared: false };
    expect(await found({ duplicates: [{ ...pair, patients: [early[0], late[0]] }] })).toEqual([
      "repeated-across-a-line",
    ]);
    expect(
      await found({ duplicates: [{ ...pair, isDeclared: true, patients: [early[0], late[0]] }] }),
    ).toEqual([]);
    expect(await found({ parts: [dev, { ...test, events: 40 }] })).toEqual(["class-ratio-changed"]);
  });

  it("sees rows with the same numbers under two ids, and not patients of the same age", async () => {
    const copy = (values: Float64Array) => values.map((value, row) => (row === 120 ? values[7] : value));
    const columns = [signal, noise("size")].map((one) => ({ ...one, values: copy(one.values) }));
    const found = await lampOf(
      "identities",
      honest({ identities: { ...clean.identities, rows: { patients, columns: columns } } }),
    );
    expect(found.codes).toEqual(["repeated-across-a-line"]);
    const ages = column("age", (row) => 40 + (row % 30));
    const same = { ...clean.identities, rows: { patients, columns: [ages] } };
    expect((await lampOf("identities", honest({ identities: same }))).codes).toEqual([]);
  });

  it("sees a centre that is the outcome", async () => {
    const centre = column("centre", (row) => outcome[row]);
    const found = await lampOf(
      "shortcuts",
      honest({ shortcuts: [{ name: "centre", table: { patients, columns: [centre] } }] }),
    );
    expect(found).toMatchObject({ colour: "red", codes: ["centre-predicts"] });
  });

  it("is amber where a shortcut says less than the images", async () => {
    const depth = column("depth", (row) => 0.8 * outcome[row] + random.normal());
    const images = column("R", (row) => 3 * outcome[row] + random.normal());
    const found = await lampOf(
      "shortcuts",
      honest({
        shortcuts: [{ name: "metadata", table: { patients, columns: [depth] } }],
        imagesAlone: { name: "block R alone", score: images.values },
      }),
    );
    expect(found).toMatchObject({ colour: "amber", codes: ["metadata-distinguishes"] });
  });

  it("does not believe an increment that images alone cannot give", async () => {
    const clinical = column("C", (row) => 1.2 * outcome[row] + random.normal());
    const both = column("CR", (row) => 5 * outcome[row] + random.normal());
    const images = column("R", (row) => 0.6 * outcome[row] + random.normal());
    const pair = (alone: Float64Array | null) =>
      honest({
        models: [
          { name: "C", blocks: ["C"], auc: 0.8 },
          { name: "CR", blocks: ["C", "R"], auc: 0.99 },
        ],
        rerun: (drawn) => Promise.resolve(drawn.map(() => [0.5, 0.5])),
        imagesAlone: alone === null ? null : { name: "block R alone", score: alone },
        performance: {
          dataset: "test set",
          outcome,
          scores: [[clinical.values], [both.values]],
          imageBlocks: ["R"],
        },
      });
    expect((await lampOf("plausibility", pair(images.values))).codes).toEqual([
      "increment-unexplained",
      "auc-too-good",
    ]);
    const grand = column("R", (row) => 5 * outcome[row] + random.normal());
    expect((await lampOf("plausibility", pair(grand.values))).codes).toEqual([
      "auc-too-good",
      "increment-above-limit",
    ]);
    expect((await lampOf("plausibility", pair(null))).colour).toBe("amber");
  });
});
