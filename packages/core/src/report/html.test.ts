import { describe, expect, it } from "vitest";
import { escapeHtml, element, trusted, withoutControls } from "./html.ts";

describe("markup", () => {
  it("escapes every text, in elements and in attributes", () => {
    const hostile = `"><script>alert('x')</script>&`;
    const { markup } = element`<a title="${hostile}">${hostile}</a>`;
    expect(markup).not.toContain("<script");
    expect(markup.match(/"/g)).toHaveLength(2);
    expect(markup).not.toContain("'");
  });

  it("keeps markup that it made itself, joins lists, and leaves null out", () => {
    const items = ["a", "b"].map((item) => element`<li>${item}</li>`);
    expect(element`<ul>${items}${null}</ul>`.markup).toBe("<ul><li>a</li><li>b</li></ul>");
    expect(element`${trusted("<br>")}${0}`.markup).toBe("<br>0");
  });

  it("drops characters that turn the direction of writing or that nobody sees", () => {
    expect(withoutControls("annex\u202Egnp.exe\u0000\u2066")).toBe("annexgnp.exe");
  });

  it("replaces half a surrogate pair and keeps a whole one", () => {
    expect(withoutControls("\uD83D \u{1F600} \uDE00")).toBe("\uFFFD \u{1F600} \uFFFD");
    expect(() => encodeURIComponent(escapeHtml("\uD83D"))).not.toThrow();
  });
});
