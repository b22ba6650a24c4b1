import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { featureNamesPage } from "../feature-names-page.ts";

it("docs/feature-names.md is what `npm run feature-names` writes", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/feature-names.md"), "utf8");
  expect(page).toBe(featureNamesPage());
});
