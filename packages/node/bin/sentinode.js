#!/usr/bin/env node
// In a checkout the sources run as they are; an installed package holds compiled JavaScript.
import { existsSync, mkdirSync } from "node:fs";
import * as module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

const [major, minor] = process.versions.node.split(".").map(Number);
const source = new URL("../src/cli.ts", import.meta.url);
const isCheckout = existsSync(source);
const needed = isCheckout ? [24, 0] : [22, 15];
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `sentinode needs Node ${needed.join(".")} or later; got ${process.versions.node}; run it as npx sentinode, which uses the Node that npm ci installed\n`,
  );
  process.exit(2);
}
keepCompiledCode();
const packages = new URL("../../", import.meta.url).href;
const [ending, format] = isCheckout ? [".ts", "module-typescript"] : [".js", "module"];
module.registerHooks({
  resolve: (specifier, context, next) => {
    // An import inside our packages names its file: searching for what else it could mean takes longer than reading it.
    if (specifier.startsWith(".") && specifier.endsWith(ending) && context.parentURL?.startsWith(packages))
      return { url: new URL(specifier, context.parentURL).href, format, shortCircuit: true };
    return next(
      specifier,
      isCheckout ? { ...context, conditions: [...context.conditions, "@sentinode/source"] } : context,
    );
  },
});
await import(isCheckout ? source.href : "../dist/cli.js");

/** Compiled code is kept for the next start, in a folder of this user alone; where there can be none, nothing is kept. */
function keepCompiledCode() {
  if (process.env.NODE_COMPILE_CACHE !== undefined) {
    module.enableCompileCache();
    return;
  }
  const folder = userCache();
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    module.enableCompileCache(join(folder, "sentinode"));
  } catch {
    // The start takes longer, and nothing else.
  }
}

function userCache() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === "win32") return LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return XDG_CACHE_HOME ?? join(homedir(), ".cache");
}
