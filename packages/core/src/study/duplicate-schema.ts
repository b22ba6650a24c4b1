import { z } from "zod";

/** Pairs of ids that look like one patient and are known to be two. */
export const duplicates = z
  .strictObject({
    allow: z
      .array(z.tuple([z.string().min(1), z.string().min(1)]))
      .min(1)
      .describe("Pairs of ids of two different persons, whose rows or images look alike all the same."),
  })
  .describe("What was looked into of patients that look alike.");
