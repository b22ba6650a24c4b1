import { penalisedDescentBytes } from "./penalised-descent.generated.ts";

/** The functions of `packages/core/kernels/penalised-descent.ts`; all arguments that name data are addresses. */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  project(design: number, rows: number, columns: number, count: number, vector: number, target: number): void;
  combine(
    design: number,
    rows: number,
    columns: number,
    count: number,
    coefficients: number,
    target: number,
  ): void;
  growCurvature(
    design: number,
    rows: number,
    columns: number,
    from: number,
    count: number,
    weights: number,
    total: number,
    gram: number,
    capacity: number,
    sums: number,
    room: number,
  ): void;
  descend(
    gram: number,
    capacity: number,
    count: number,
    slope: number,
    values: number,
    absolute: number,
    squared: number,
    enough: number,
    passes: number,
  ): number;
  refine(
    gram: number,
    capacity: number,
    count: number,
    slope: number,
    values: number,
    absolute: number,
    squared: number,
    room: number,
    share: number,
    enough: number,
    iterations: number,
  ): void;
}

/** Every runtime has it; core compiles without the declarations of any. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

const PAGE = 65_536;
const FIRST = 64;
/** Memory beyond this is given back when nothing stands in it any more. */
const KEPT = 134_217_728;

let kernel: Kernel | null = null;
let used = FIRST;

/** The kernel of this thread, compiled when it is first needed. */
export function kernelOfThread(): Kernel {
  kernel ??= new WebAssembly.Instance(new WebAssembly.Module(decodeBase64(penalisedDescentBytes)))
    .exports as Kernel;

  return kernel;
}

/**
 * Runs work that reserves kernel memory and takes all of it back at the end, also after an error.
 *
 * What the work returns may hold no address. Calls may be nested.
 */
export function inKernelMemory<Result>(work: () => Result): Result {
  const mark = used;
  try {
    return work();
  } finally {
    used = mark;
    if (used === FIRST && kernel !== null && kernel.memory.buffer.byteLength > KEPT) kernel = null;
  }
}

/**
 * The address of new room for numbers, which the end of {@link inKernelMemory} takes back; what it holds is left over.
 *
 * Views made before may be detached by it.
 *
 * @param length How many numbers of 8 bytes.
 */
export function reserve(length: number): number {
  const address = used;
  const { memory } = kernelOfThread();
  used += 8 * length + ((8 * length) % 16);
  const missing = used - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return address;
}

/** Kernel memory as numbers; valid until room is reserved. */
export function numbersAt(address: number, length: number): Float64Array {
  return new Float64Array(kernelOfThread().memory.buffer, address, length);
}

/** Kernel memory as positions of 4 bytes; valid until room is reserved. */
export function positionsAt(address: number, length: number): Int32Array {
  return new Int32Array(kernelOfThread().memory.buffer, address, length);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decodeBase64(text: string): Uint8Array {
  const digits = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (const digit of digits) {
    bits = (bits << 6) | ALPHABET.indexOf(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >> held) & 255;
  }
  return bytes;
}
