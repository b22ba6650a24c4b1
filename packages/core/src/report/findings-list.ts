import type { Finding } from "../errors.ts";
import { element, type Html } from "./html.ts";

const ORDER: readonly Finding["severity"][] = ["error", "warning", "info"];
const WORDS: Readonly<Record<Finding["severity"], string>> = {
  error: "Error",
  warning: "Warning",
  info: "Note",
};

/**
 * Findings by severity, the gravest first, equal ones together with their number.
 *
 * @example sortedFindings([{ code: "a", severity: "info", message: "m" }, { code: "b", severity: "error", message: "n" }])[0].finding.code // => "b"
 */
export function sortedFindings(
  findings: readonly Finding[],
): readonly { readonly finding: Finding; readonly times: number }[] {
  const groups = new Map<string, { readonly finding: Finding; times: number }>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.code, finding.message]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { finding, times: 1 });
    else known.times++;
  }
  return [...groups.values()].sort(
    (a, b) => ORDER.indexOf(a.finding.severity) - ORDER.indexOf(b.finding.severity),
  );
}

/** Findings as a list; a sentence where there is none. */
export function findingsList(findings: readonly Finding[]): Html {
  if (findings.length === 0) return element`<p>The run noted nothing.</p>`;
  const items = sortedFindings(findings).map(
    ({ finding, times }) =>
      element`<li class="${finding.severity}">
        <span class="severity">${WORDS[finding.severity]}</span>
        ${finding.message}${times > 1 ? ` (${times} times)` : ""} <code>${finding.code}</code>
      </li>
`,
  );
  return element`<ul class="findings">
    ${items}
  </ul>`;
}
