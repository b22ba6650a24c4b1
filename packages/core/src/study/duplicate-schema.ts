import { z } from "zod";
import { scalar } from "./variable-schema.ts";

/** Pairs of ids that look like one patient and are known to be two. */
export const duplicates = z
  .strictObject({
    allow: z
      .array(z.tuple([scalar, scalar]))
      .min(1)
      .describe("Pairs of ids of two different persons, whose rows or images look alike all the same."),
  })
  .describe("What was looked into of patients that look alike.");
