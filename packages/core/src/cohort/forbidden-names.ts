import { headerWords } from "./header-words.ts";

/** What speaks of sentinel nodes and not of those of the dissection. */
const SENTINEL = /\b(sln\w*|snb|slnb|sn|sentinel\w*|wächter\w*|waechter\w*)\b|前哨/;
const NOT_SENTINEL = /\b(nsln\w*|non ?sln\w*|non ?sentinel\w*|nicht ?sentinel\w*|nicht ?wächter\w*)\b|非前哨/;

const NODE = "(lymph ?nodes?|lymphknoten|lymphonodi|nodes?|ln|lns)";
const COUNTED =
  "(total|all|final|overall|positive|pos|involved|metastatic|examined|removed|dissected|harvested|number|no|count|gesamt|befallen\\w*|positiv\\w*|entfernt\\w*|untersucht\\w*|anzahl)";

const NODES = "the nodes of the dissection contain the outcome";

/** Names of what contains or follows the outcome, with the reason; words of English, German and Chinese tables. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [
    /^p ?n\b|\b[py]?p ?n ?(stage|stadium|status|category)\b|\b[yp]*p ?n ?\d?[abc]?\b|\bn ?(stage|stadium|category|staging)\b|\bnodal stage\b|病理n|n分期/,
    "the pathological nodal stage contains the outcome",
  ],
  [
    /\b(nsln\w*|non ?sln\w*|non ?sentinel\w*|nicht ?sentinel\w*)\b|非前哨/,
    "the non-sentinel nodes are the outcome",
  ],
  [
    /\b(alnd|axillary (lymph node )?dissection|axilladissektion|axilla ?dissektion)\b|清扫/,
    "the dissection follows the decision, and its nodes contain the outcome",
  ],
  [
    new RegExp(
      `\\b${COUNTED} (\\w+ ){0,2}${NODE}\\b|\\b${NODE} (\\w+ ){0,2}${COUNTED}\\b|^${NODE}$|淋巴结(总|阳性|转移|清)|(阳性|转移)淋巴结`,
    ),
    NODES,
  ],
  [
    /^(tnm |ajcc |uicc |anatomic\w* |prognostic |clinical |pathological |pathologic |final |tumou?r |overall )?(stage|stadium|staging)$|\b(tnm|ajcc|uicc)\b|^(临床|病理|tnm)?分期$/,
    "the stage contains the nodal status",
  ],
  [
    /\b(recurrence|recurrent|relapse\w*|survival|os|dfs|pfs|rfs|death|dead|died|deceased|follow ?up|followup|progression|rezidiv\w*|überleben\w*|tod|verstorben|nachsorge|progress)\b|复发|生存|死亡|随访/,
    "it happens after the outcome",
  ],
  [
    /\b(adjuvant\w*|chemotherapy|chemo|radiotherapy|radiation|irradiation|rt given|treatment given|therapy given|postmastectomy rt|pmrt|chemotherapie|radiotherapie|strahlentherapie|bestrahlung|radiatio)\b|化疗|放疗|辅助治疗/,
    "the treatment follows the outcome",
  ],
];

/** What is seen or felt of nodes before surgery. */
const SEEN =
  /\b(suspicious|us|ultrasound\w*|ultraschall\w*|sono\w*|imaging|mri|mrt|ct|pet|palpable|tastbar\w*|clinical\w*|klinisch\w*|radiolog\w*|abnormal)\b|超声|可疑/;

/** Chemotherapy before surgery, and the clinical nodal stage, are known before the decision. */
const BEFORE =
  /\b(c ?n|neo ?adjuvant\w*|nact|nac|preoperative|pre ?op|prior|previous|history)\b|新辅助|术前|史$/;

/**
 * Why the name of a column says that it contains or follows the outcome of the axilla.
 *
 * @param names Header and label; what either says counts.
 * @returns The reason, or null where no name says so.
 * @example forbiddenName("total_positive_nodes") // => "the nodes of the dissection contain the outcome"
 * @example forbiddenName("pN_stage") // => "the pathological nodal stage contains the outcome"
 * @example forbiddenName("sln_positive", "Number of positive sentinel nodes") // => null
 */
export function forbiddenName(...names: readonly string[]): string | null {
  return names.map(reasonOf).find((reason) => reason !== null) ?? null;
}

function reasonOf(name: string): string | null {
  const words = headerWords(name).join(" ");
  const ofSentinel = SENTINEL.test(words) && !NOT_SENTINEL.test(words);
  if (ofSentinel || BEFORE.test(words)) return null;
  const reason = FORBIDDEN.find(([pattern]) => pattern.test(words))?.[1] ?? null;
  return reason === NODES && SEEN.test(words) ? null : reason;
}
