/** Writes schema/study.schema.json from the protocol's schema; `npm run schema`. */
import { writeFileSync } from "node:fs";
import { protocolJsonSchema } from "../packages/core/src/study/protocol-json-schema.ts";

writeFileSync(
  new URL("../schema/study.schema.json", import.meta.url),
  `${JSON.stringify(protocolJsonSchema(), null, 2)}\n`,
);
