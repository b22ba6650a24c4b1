/** `npm run kernels`: compiles packages/core/kernels into the TypeScript file that holds their bytes. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kernelFile, kernelModule } from "./kernel-module.ts";

const root = join(import.meta.dirname, "..");
writeFileSync(join(root, kernelFile), await kernelModule(root));
