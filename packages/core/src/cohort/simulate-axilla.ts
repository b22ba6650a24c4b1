import { exp, log, logistic } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";
import type { Binary } from "./simulate-clinical.ts";

/** Axillary ultrasound of a simulated patient, rounded as a report writes it. */
export interface AxillaryFindings {
  /** Largest cortical thickness in mm. */
  readonly cortexMm: number;
  readonly hilumLoss: Binary;
  /** Ratio of the long to the short axis below 2. */
  readonly longShortBelow2: Binary;
  readonly nonHilarFlow: Binary;
  /** Number of suspicious nodes; 3 stands for three or more. */
  readonly suspiciousNodes: 0 | 1 | 2 | 3;
}

/** Normal quantiles at the cumulative shares of no (62 %), up to one (86 %) and up to two (95 %) suspicious nodes. */
const suspicionCuts = [0.3054807880993974, 1.0803193408149558, 1.6448536269514722] as const;

/**
 * Axillary ultrasound of one patient, a noisy view of the residual burden of the axilla.
 *
 * @param burden Latent standard normal burden that clinical findings do not explain.
 * @param clinicalScore Standardised clinical log-odds of non-sentinel metastasis.
 * @param random Generator of this patient alone.
 */
export function simulateAxilla(burden: number, clinicalScore: number, random: Random): AxillaryFindings {
  const severity = 0.86 * burden + 0.15 * clinicalScore + 0.488 * random.normal();
  const millimetres = exp(log(2.5) + 0.36 * (0.85 * severity + 0.527 * random.normal()));
  const suspicion = 0.9 * severity + 0.436 * random.normal();
  const present = (logOdds: number): Binary => (random.bernoulli(logistic(logOdds)) ? 1 : 0);
  return {
    cortexMm: Math.round(10 * Math.min(12, Math.max(0.8, millimetres))) / 10,
    hilumLoss: present(-2.05 + 0.95 * severity),
    longShortBelow2: present(-0.85 + 0.55 * severity),
    nonHilarFlow: present(-1.85 + 0.75 * severity),
    suspiciousNodes: suspicionCuts.filter((cut) => suspicion >= cut).length as 0 | 1 | 2 | 3,
  };
}
