/**
 * A threshold rule in words.
 *
 * @example ruleWords("fnr<=0.05") // => "a false negative rate of at most 0.05"
 */
export function ruleWords(rule: string): string {
  if (rule === "youden") return "the largest Youden index";
  const value = rule.slice(rule.indexOf("=") + 1);
  return rule.startsWith("fnr")
    ? `a false negative rate of at most ${value}`
    : `a predicted risk of ${value}`;
}

/**
 * A threshold rule as a table prints it.
 *
 * @param rule `fnr<=0.05`, `youden`, `p>=0.10` or the cut-off of a score, `score>3.5`; another text stays as it is.
 * @example ruleLabel("fnr<=0.05") // => "FNR ≤ 0.05"
 */
export function ruleLabel(rule: string): string {
  if (rule === "youden") return "Youden";
  return rule
    .replace(/^fnr<=/, "FNR \u2264 ")
    .replace(/^p>=/, "risk \u2265 ")
    .replace(/^score>/, "score > ");
}
