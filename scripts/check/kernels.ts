/** The compiled kernels in the sources are those of `packages/core/kernels`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kernelFile, kernelModule } from "../kernel-module.ts";

const root = join(import.meta.dirname, "../..");
if (readFileSync(join(root, kernelFile), "utf8") === (await kernelModule(root)))
  console.log("kernels: compiled from their sources");
else {
  console.error(`${kernelFile} is not what the kernels compile to; run npm run kernels`);
  process.exitCode = 1;
}
