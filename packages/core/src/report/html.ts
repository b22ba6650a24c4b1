/** Markup that is safe to stand in a page: made by {@link element} alone, which escapes every text. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: markup as it is, text and numbers escaped, null as nothing, lists joined. */
export type HtmlPart = Html | string | number | null | readonly HtmlPart[];

const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * A text that a page shows as it is: markup characters escaped, control and direction-changing characters removed.
 *
 * @example escapeHtml("<b title=\"x\">R&D</b>") // => "&lt;b title=&quot;x&quot;&gt;R&amp;D&lt;/b&gt;"
 */
export function escapeHtml(text: string): string {
  return withoutControls(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/**
 * A text without the characters that no reader sees but that change what is seen: controls, overrides of the writing
 * direction, halves of surrogate pairs.
 *
 * @example withoutControls("a\u0007b\u202Ec\nd") // => "abc\nd"
 */
export function withoutControls(text: string): string {
  return text.replace(UNSEEN, "").replace(LONE_SURROGATE, "\uFFFD");
}

/**
 * Markup from a template; every interpolated text is escaped. Attributes stand in double quotes.
 *
 * @example element`<p>${"a < b"}</p>`.markup // => "<p>a &lt; b</p>"
 */
export function element(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const markup = strings.reduce(
    (text, literal, i) => text + literal + (i < parts.length ? toMarkup(parts[i]) : ""),
    "",
  );
  return { markup };
}

/** Markup that this room made without a template: a serialised drawing or the style sheet. */
export function trusted(markup: string): Html {
  return { markup };
}

function toMarkup(part: HtmlPart): string {
  if (part === null) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(toMarkup).join("");
}
