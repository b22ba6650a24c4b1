import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "assemblyscript/asc";

/** Where the compiled kernels live, from the root of the project. */
export const kernelFile = "packages/core/src/math/penalised-descent.generated.ts";

const LINE = 96;

/** The TypeScript file with the compiled inner loops of the penalised regression; equal sources give equal text. */
export async function kernelModule(root: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "kernels-"));
  const file = join(folder, "kernel.wasm");
  const { error } = await main([
    join(root, "packages/core/kernels/penalised-descent.ts"),
    ...["--runtime", "stub", "--noAssert", "-O3", "--converge", "--enable", "simd"],
    ...["--outFile", file],
  ]);
  if (error !== null) throw new Error("the kernels do not compile", { cause: error });
  const text = readFileSync(file).toString("base64");
  rmSync(folder, { recursive: true });
  const lines = text.match(new RegExp(`.{1,${String(LINE)}}`, "g")) ?? [];
  return [
    "/** WebAssembly of `packages/core/kernels/penalised-descent.ts` in base64, written by `npm run kernels`. */",
    "export const penalisedDescentBytes: string = [",
    ...lines.map((line) => `  "${line}",`),
    '].join("");',
    "",
  ].join("\n");
}
