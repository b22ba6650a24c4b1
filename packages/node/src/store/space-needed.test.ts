import { readProtocol, simulateStudy } from "@sentinode/core";
import { describe, expect, it } from "vitest";
import { spaceFindings, spaceNeeded } from "./space-needed.ts";

const protocol = readProtocol(simulateStudy({ patients: 100, seed: 1, signal: 1 }).protocol, "study.yaml");

describe("the space that a run needs", () => {
  it("grows with patients, features and fits", () => {
    const more = { ...protocol, validation: { ...protocol.validation, repeats: 100 } };
    expect(spaceNeeded(protocol, 1000)).toBeGreaterThan(spaceNeeded(protocol, 100));
    expect(spaceNeeded(more, 100)).toBeGreaterThan(spaceNeeded(protocol, 100));
    const { images, ...tableOnly } = protocol;
    expect(images).toBeDefined();
    expect(spaceNeeded(tableOnly, 1000)).toBeLessThan(spaceNeeded(protocol, 1000));
  });

  it("is warned of below 1.2 times the need, and where the system tells what is free", () => {
    expect(spaceFindings(10e6, 12e6)).toEqual([]);
    expect(spaceFindings(10e6, null)).toEqual([]);
    expect(spaceFindings(10e6, 11.9e6)).toMatchObject([
      { code: "little-space", severity: "warning", message: expect.stringMatching(/10\.0 MB .* 11\.9 MB/) },
    ]);
  });
});
