import { z } from "zod";

const length = z.union([z.strictObject({ mm: z.number() }), z.strictObject({ px: z.number() })]);

const positiveLength = z.union([
  z.strictObject({ mm: z.number().positive() }),
  z.strictObject({ px: z.number().positive() }),
]);

const step = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("rotate"), degrees: z.number().min(-180).max(180) }),
    z.strictObject({
      kind: z.literal("translate"),
      px: z.tuple([z.number(), z.number()]).describe("Along x and y; fractions of a pixel are what matters."),
    }),
    z.strictObject({
      kind: z.literal("grow"),
      by: z
        .union([z.strictObject({ share: z.number().gt(-1).max(3) }), length])
        .describe("Share of the area, or distance of the outlines; negative shrinks."),
    }),
    z.strictObject({
      kind: z.literal("contour"),
      deviation: z
        .union([z.strictObject({ share: z.number().positive().max(0.5) }), positiveLength])
        .default({ share: 0.1 })
        .describe(
          "Standard deviation of the displacement of the outline, as a share of its radius or a length.",
        ),
    }),
    z.strictObject({
      kind: z.literal("noise"),
      levels: z
        .union([z.number().positive(), z.literal("estimated")])
        .default("estimated")
        .describe("Standard deviation in grey levels, or that of the noise in the image."),
    }),
    z.strictObject({
      kind: z.literal("speckle"),
      share: z
        .number()
        .positive()
        .max(2)
        .default(0.1)
        .describe("Standard deviation as a share of the grey level."),
    }),
  ])
  .describe("One change of the image or its outline.");

/** Whether features have to be reproducible under perturbations of images and outlines, and how that is found out. */
export const reproducibility = z
  .strictObject({
    perturbations: z
      .array(z.union([step, z.array(step).min(1)]))
      .min(1)
      .max(50)
      .default([
        [
          { kind: "rotate", degrees: 5 },
          { kind: "translate", px: [0.25, 0.75] },
        ],
        { kind: "grow", by: { share: 0.15 } },
        { kind: "grow", by: { share: -0.15 } },
        { kind: "contour", deviation: { share: 0.1 } },
        { kind: "noise", levels: "estimated" },
        [
          { kind: "noise", levels: "estimated" },
          { kind: "rotate", degrees: -5 },
          { kind: "contour", deviation: { share: 0.1 } },
        ],
      ])
      .describe("Versions of each image that are measured besides; a list of steps is one version."),
    repeats: z
      .int()
      .min(1)
      .max(20)
      .default(1)
      .describe("Draws of each version that has random steps: contour, noise, speckle."),
    minimumIcc: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.75)
      .describe("Features with a lower intraclass correlation in the training patients are left out."),
    type: z
      .enum(["one-way", "agreement", "consistency"])
      .default("one-way")
      .describe("ICC(1,1), ICC(2,1) or ICC(3,1)."),
    lowerBound: z
      .boolean()
      .default(false)
      .describe("Whether the lower limit of the 95 % interval has to reach the minimum too."),
  })
  .describe(
    "Perturbation analysis: each image of a patient that models learn from is measured in several versions, and features that change too much are left out inside every fit. Takes as many extractions as there are versions.",
  );
