#!/usr/bin/env node
// In a checkout the sources run as they are; an installed package holds compiled JavaScript.
import { existsSync } from "node:fs";
import * as module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
const source = new URL("../src/cli.ts", import.meta.url);
const needed = existsSync(source) ? [24, 0] : [22, 15];
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `sentinode needs Node ${needed.join(".")} or later; got ${process.versions.node}; run it as npx sentinode, which uses the Node that npm ci installed\n`,
  );
  process.exit(2);
}
// Compiled code is kept where the system keeps temporary files, so that the next start is fast.
module.enableCompileCache?.();
if (existsSync(source)) {
  module.registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, "@sentinode/source"] }),
  });
  await import(source.href);
} else {
  await import("../dist/cli.js");
}
