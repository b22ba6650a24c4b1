import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { rankAssociation } from "./rank-association.ts";
import { auc } from "./roc.ts";

const random = createRandom("rank association");
const outcome = Uint8Array.from({ length: 60 }, () => random.integer(2));
const score = Float64Array.from(outcome, (y) => y + random.integer(5));

describe("rank association", () => {
  it("counts pairs one by one", () => {
    let [surplus, tied, pairs] = [0, 0, 0];
    for (let i = 0; i < 60; i++)
      for (let j = 0; j < 60; j++)
        if (outcome[i] === 1 && outcome[j] === 0) {
          pairs += 1;
          surplus += Math.sign(score[i] - score[j]);
          if (score[i] === score[j]) tied += 1;
        }
    const own = rankAssociation(outcome, score);
    expect(own.somersD).toBeCloseTo(surplus / pairs, 12);
    expect(own.gamma).toBeCloseTo(surplus / (pairs - tied), 12);
    expect(own.tauA).toBeCloseTo(surplus / ((60 * 59) / 2), 12);
    expect(own.concordance).toBeCloseTo(auc(outcome, score), 12);
  });

  it("depends on ranks only, and turns round with the score", () => {
    const own = rankAssociation(outcome, score);
    expect(
      rankAssociation(
        outcome,
        score.map((x) => Math.exp(x)),
      ),
    ).toEqual(own);
    expect(
      rankAssociation(
        outcome,
        score.map((x) => -x),
      ).somersD,
    ).toBeCloseTo(-own.somersD, 12);
  });

  it("has no gamma where all scores are tied, and needs both classes", () => {
    expect(rankAssociation(outcome, new Float64Array(60)).gamma).toBeNaN();
    expect(() => rankAssociation(new Uint8Array(60), score)).toThrow(InputError);
  });
});
