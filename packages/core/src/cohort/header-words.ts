import type { KnownAt } from "./variable.ts";

/**
 * The words of a column header in lower case.
 *
 * @example headerWords("tumourSize_mm (US)") // => ["tumour", "size", "mm", "us"]
 */
export function headerWords(header: string): string[] {
  return header
    .normalize("NFKC")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}%/+]+/u)
    .filter((word) => word !== "");
}

/** Whether the words of a header, joined by single spaces, match a pattern. */
function matches(header: string, pattern: RegExp): boolean {
  return pattern.test(headerWords(header).join(" "));
}

const ID =
  /^(patient|case|subject|study|record|participant|lesion)?( |)(id|ids|no|nr|number|code|uid)$|^(patient|case|subject)$|编号|病例号|住院号/;
const PERSON =
  /\b((first|last|family|given|full|patient) ?name|surname|name|mrn|birth ?(date|day)|dob|date of birth|phone|address|ssn|id ?card)\b|姓名|电话|身份证|出生/;
const OUTCOME =
  /\b(outcome|target|label|event|y|nsln|non ?sentinel|non sln|metastas[ie]s|metastatic|malignant|malignancy|response|class)\b|转移|结局/;
const SPLIT = /\b(split|set|subset|dataset|partition)\b/;
const CENTRE = /\b(centre|center|site|hospital|institution|clinic)\b|医院|中心/;
const SPACING = /\b(pixel|spacing|mm per (px|pixel)|resolution)\b/;
const MASK = /\b(mask|segmentation|seg|roi|contour|outline|annotation)\b/;
const COMPARATOR =
  /\b(birads|bi rads|reader|radiologist|mskcc|tenon|nomogram|tool|probability|prediction|risk score)\b/;
const COUNT = /\b(n|num|number|count|nodes|pos|neg|removed)\b|^sln/;
const ORDERED = /\b(grade|stage|group|category|score|level|class|birads|tnm|t|degree|density|suspicious)\b/;

/** What the header of a column says that it is for. */
export type HeaderRole = "id" | "person" | "mask" | "spacing" | "split" | "centre" | "comparator";

const ROLES: readonly (readonly [HeaderRole, RegExp])[] = [
  ["id", ID],
  ["person", PERSON],
  ["mask", MASK],
  ["spacing", SPACING],
  ["split", SPLIT],
  ["centre", CENTRE],
  ["comparator", COMPARATOR],
];

/**
 * What a header says that its column is for, or null.
 *
 * @example headerRole("Patient ID") // => "id"
 * @example headerRole("age") // => null
 */
export function headerRole(header: string): HeaderRole | null {
  return ROLES.find(([, pattern]) => matches(header, pattern))?.[0] ?? null;
}

/**
 * Whether a header names an outcome.
 *
 * @example namesOutcome("nsln_metastasis") // => true
 */
export function namesOutcome(header: string): boolean {
  return matches(header, OUTCOME);
}

/**
 * Whether a header names a count, whose whole numbers are a quantity and not codes.
 *
 * @example namesCount("sln_pos") // => true
 */
export function namesCount(header: string): boolean {
  return matches(header, COUNT);
}

/**
 * Whether a header names a scale whose levels stand in order.
 *
 * @example namesOrder("histological grade") // => true
 */
export function namesOrder(header: string): boolean {
  return matches(header, ORDERED);
}

/** A guess of when a value exists, with the reason where it may not predict. */
export interface KnownAtGuess {
  readonly knownAt: KnownAt;
  readonly reason: string | null;
}

const AFTER_THE_OUTCOME: readonly (readonly [RegExp, string])[] = [
  [/^p ?n\b|\bp ?n stage|\bpn\d?\b|\bn stage\b/, "the pathological nodal stage contains the outcome"],
  [
    /\b(total|all|final) (positive )?(nodes|ln|lymph)|\b(nodes|lymph nodes|ln) (total|positive|pos|metast\w*)|\balnd\b|\b(nsln|non sentinel) (count|number|pos\w*)/,
    "the nodes of the dissection contain the outcome",
  ],
  [
    /\b(recurrence|relapse|survival|os|dfs|death|died|follow ?up|progression)\b/,
    "it happens after the outcome",
  ],
  [
    /^(tnm |ajcc |clinical |pathological |final )?stage$|\btnm\b|\bajcc\b/,
    "the stage contains the nodal status",
  ],
  [/\b(adjuvant|chemotherapy|radiotherapy|treatment given)\b/, "the treatment follows the outcome"],
  [
    /\b(diagnosis|verification|verified|interpretation|pathology result|final pathology)\b|诊断/,
    "it states or follows the outcome",
  ],
];

const SENTINEL =
  /\b(sln|sn|sentinel|ene|extranodal|extracapsular|macromet\w*|micromet\w*|frozen|met size|metastasis size)\b|^sln|前哨/;
const FINAL_PATHOLOGY =
  /\b(path|pathological|grade|lvi|lymphovascular|vascular|perineural|pt|t stage|multifocal\w*)\b|脉管|分级/;

/**
 * When the value of a column probably exists, by the words of its header.
 *
 * @returns `before-surgery` where no word says otherwise; a guess that a person must confirm.
 * @example guessKnownAt("pN_stage").knownAt // => "never"
 * @example guessKnownAt("sln_positive").knownAt // => "after-sentinel-biopsy"
 */
export function guessKnownAt(header: string): KnownAtGuess {
  const reason = AFTER_THE_OUTCOME.find(([pattern]) => matches(header, pattern))?.[1];
  if (reason !== undefined) return { knownAt: "never", reason };
  if (matches(header, SENTINEL)) return { knownAt: "after-sentinel-biopsy", reason: null };
  if (matches(header, FINAL_PATHOLOGY)) return { knownAt: "final-pathology", reason: null };
  return { knownAt: "before-surgery", reason: null };
}

const UNITS: ReadonlyMap<string, string> = new Map([
  ...["mm", "cm", "m", "kg", "g", "ml", "mg", "%", "kg/m2", "ng/ml", "u/ml", "mm2", "cm2"].map(
    (unit) => [unit, unit] as const,
  ),
  ...["year", "years", "yr", "yrs"].map((word) => [word, "years"] as const),
  ...["month", "months"].map((word) => [word, "months"] as const),
  ...["day", "days"].map((word) => [word, "days"] as const),
  ...["percent", "pct"].map((word) => [word, "%"] as const),
]);

const UNIT_OF_QUANTITY: readonly (readonly [RegExp, string])[] = [
  [/^age\b|\bage$/, "years"],
  [/\bbmi\b/, "kg/m2"],
  [/\bki ?67\b/, "%"],
];

/**
 * The unit that the end of a header states, or that the quantity always has.
 *
 * @returns Null where neither is known.
 * @example guessUnit("max_diameter_mm") // => "mm"
 * @example guessUnit("Ki-67") // => "%"
 */
export function guessUnit(header: string): string | null {
  const words = headerWords(header);
  const [last, pair] = [words.at(-1) ?? "", words.slice(-2).join("/")];
  const stated = words.length > 1 ? (UNITS.get(pair) ?? UNITS.get(last)) : undefined;
  return stated ?? UNIT_OF_QUANTITY.find(([pattern]) => matches(header, pattern))?.[1] ?? null;
}
