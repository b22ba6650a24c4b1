import { element, type Html } from "./html.ts";

/** A chapter of a page. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly content: readonly (Html | null)[];
}

/** A chapter as markup; it holds no other `section`. */
export function pageSection({ id, title, content }: PageSection): Html {
  return element`<section id="${id}">
                <h2>${title}</h2>
                ${content}
              </section>`;
}
