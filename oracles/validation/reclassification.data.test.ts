import {
  categoricalReclassification,
  continuousReclassification,
  discriminationImprovement,
  type NetReclassification,
  type TestedImprovement,
} from "../../packages/core/src/validation/reclassification.ts";
import { numbers, type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { outcomeOf } from "./predictions-of.ts";

type ReclassificationCase = OracleCase<{
  readonly y: string;
  readonly old: string;
  readonly new: string;
  readonly cuts: number | readonly number[];
  readonly category_rule?: string;
}>;

testOracles("12", {
  nri_idi: (oracle: ReclassificationCase) => {
    const { spec } = oracle;
    const table = readOracleTable(oracle);
    const outcome = outcomeOf(table, spec.y);
    const pair = { old: numbers(table, spec.old), updated: numbers(table, spec.new) };
    const closed = /^\(/.test(spec.category_rule ?? "") ? "right" : "left";
    const continuous = continuousReclassification(outcome, pair);
    const categorical = categoricalReclassification(outcome, pair, { cuts: [spec.cuts].flat(), closed });
    const idi = discriminationImprovement(outcome, pair);
    return {
      continuous: reclassified(continuous),
      categorical: reclassified(categorical),
      idi: {
        idi: idi.value,
        ...tested(idi),
        is_old: idi.events.old,
        is_new: idi.events.updated,
        ip_old: idi.nonEvents.old,
        ip_new: idi.nonEvents.updated,
      },
      reclass_events: categorical.eventTable,
      reclass_nonevents: categorical.nonEventTable,
      nricens_categorical: {
        NRI: categorical.value,
        NRI_events: categorical.events.improvement,
        NRI_nonevents: categorical.nonEvents.improvement,
        up_case: categorical.events.up,
        down_case: categorical.events.down,
        down_ctrl: categorical.nonEvents.down,
        up_ctrl: categorical.nonEvents.up,
      },
    };
  },
});

function reclassified(nri: NetReclassification): object {
  return {
    nri: nri.value,
    ...tested(nri),
    nri_events: nri.events.improvement,
    nri_nonevents: nri.nonEvents.improvement,
    se_events: nri.events.standardError,
    se_nonevents: nri.nonEvents.standardError,
  };
}

function tested({ value, standardError, z, pValue }: TestedImprovement): object {
  // PredictABEL takes 1.96 for the normal quantile.
  const ci = [value - 1.96 * standardError, value + 1.96 * standardError];
  return { se: standardError, z, p: pValue, ci };
}
