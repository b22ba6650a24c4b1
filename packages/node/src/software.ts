import { readFileSync } from "node:fs";

const description: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** Version of this package, as its package.json states it. */
export const softwareVersion = (description as { version: string }).version;

/** Name and version as results print them. */
export const softwareName = `sentinode ${softwareVersion}`;
