import { element, type Html, trusted } from "./html.ts";
import { type PageSection, pageSection } from "./page-section.ts";
import { STYLESHEET } from "./stylesheet.ts";

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A page beside the report of a study. */
export interface StandalonePage {
  readonly kicker: string;
  readonly title: string;
  readonly simulated: boolean;
  readonly software: string;
  /** What it says, in sentences. */
  readonly summary: readonly string[];
  readonly sections: readonly PageSection[];
}

/**
 * A page in the style of the report: no script, no network, no external file.
 *
 * @returns A complete HTML document; equal contents give equal bytes.
 */
export function renderStandalonePage({
  kicker,
  title,
  simulated,
  software,
  ...page
}: StandalonePage): string {
  const banner: Html | null = simulated
    ? element`<p class="banner simulated" role="note">SIMULATED DATA: no patient on this page exists</p>`
    : null;
  return element`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${software}" />
        <title>${simulated ? "[Simulated data] " : ""}${title}</title>
        <style>
          ${trusted(STYLESHEET)}
        </style>
      </head>
      <body>
        ${banner}
        <p class="banner" role="note">Research use only; not a medical device</p>
        <header class="title">
          <p class="kicker">${kicker}</p>
          <h1>${title}</h1>
          <section class="summary" aria-labelledby="found">
            <h2 id="found">In short</h2>
            <ul>
              ${page.summary.map(
                (sentence) => element`<li>${sentence}</li>
`,
              )}
            </ul>
          </section>
        </header>
        <main>
          ${page.sections.map(
            (own) =>
              element`${pageSection(own)}
`,
          )}
        </main>
        <footer>${software}. Research use only; not a medical device.${simulated ? " Simulated data." : null}</footer>
      </body>
    </html>
`.markup;
}
