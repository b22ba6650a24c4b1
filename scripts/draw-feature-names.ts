/** Writes docs/feature-names.md from the tables of names; `npm run feature-names`. */
import { writeFileSync } from "node:fs";
import { featureNamesPage } from "./feature-names-page.ts";

writeFileSync(new URL("../docs/feature-names.md", import.meta.url), featureNamesPage());
