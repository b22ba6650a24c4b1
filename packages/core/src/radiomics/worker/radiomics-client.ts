import { InputError } from "../../errors.ts";
import type { RadiomicFeature } from "../extract.ts";
import type { MessagePortLike, RadiomicsJob, RadiomicsReply } from "./messages.ts";

export type { MessagePortLike, RadiomicsJob, RadiomicsReply, RadiomicsRequest } from "./messages.ts";

/** The part of a worker that is used. */
export interface RadiomicsWorker extends Omit<MessagePortLike, "addEventListener"> {
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "error", listener: (event: { readonly message?: string }) => void): void;
  terminate(): unknown;
}

/** The part of an AbortSignal that is used. */
export interface CancelSignal {
  readonly aborted: boolean;
  readonly reason: Error;
  addEventListener(type: "abort", listener: () => void, options: { readonly once: true }): void;
}

/** How a job is done. */
export interface JobOptions {
  /** Aborting it takes the job out of the queue, or ends the worker that does it. */
  readonly signal?: CancelSignal;
  /** Whether the pixels move to the worker instead of being copied; the caller can read them no more. */
  readonly transfer?: boolean;
}

/** Radiomics beside the thread of the page. */
export interface RadiomicsClient {
  /** As `extractRadiomics`; jobs are done one after the other. */
  extract(job: RadiomicsJob, options?: JobOptions): Promise<readonly RadiomicFeature[]>;
  /** Ends the worker; jobs that are not done are rejected. */
  close(): void;
}

interface QueuedJob {
  readonly id: number;
  readonly job: RadiomicsJob;
  readonly transfer: boolean;
  readonly resolve: (features: readonly RadiomicFeature[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A client of a worker that runs the module `@sentinode/core/radiomics/worker`.
 *
 * @param start Starts such a worker, e.g. `() => new Worker(url, { type: "module" })`; called at the first job, and again
 *   after a worker was ended, since a computation that runs can be stopped in no other way.
 */
export function createRadiomicsClient(start: () => RadiomicsWorker): RadiomicsClient {
  const queue: QueuedJob[] = [];
  let worker: RadiomicsWorker | null = null;
  let current: QueuedJob | null = null;
  let count = 0;

  const endWorker = () => {
    worker?.terminate();
    worker = null;
    current = null;
  };
  const fail = (reason: unknown) => {
    const failed = current;
    endWorker();
    failed?.reject(reason);
    next();
  };
  const startWorker = () => {
    const started = start();
    // A worker that was ended may have spoken before.
    started.addEventListener("message", ({ data }) => {
      if (started === worker) settle(data as RadiomicsReply);
    });
    started.addEventListener("error", ({ message }) => {
      if (started === worker)
        fail(new Error(`the radiomics worker failed: ${message ?? "it could not start"}`));
    });
    return started;
  };
  const next = () => {
    if (current !== null || queue.length === 0) return;
    current = queue.shift()!;
    worker ??= startWorker();
    const { id, job, transfer } = current;
    try {
      worker.postMessage({ id, ...job }, transfer ? buffersOf(job) : []);
    } catch (error) {
      fail(error);
    }
  };
  const settle = (reply: RadiomicsReply) => {
    if (current?.id !== reply.id) return;
    const { resolve, reject } = current;
    current = null;
    if ("features" in reply) resolve(reply.features);
    else reject("problems" in reply ? new InputError(reply.problems) : new Error(reply.failure));
    next();
  };
  const cancel = (queued: QueuedJob, reason: unknown) => {
    if (current === queued) {
      fail(reason);
      return;
    }
    const at = queue.indexOf(queued);
    if (at >= 0) queue.splice(at, 1);
    queued.reject(reason);
  };
  return {
    extract: (job, { signal, transfer = false } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        const queued = { id: count++, job, transfer, resolve, reject };
        queue.push(queued);
        signal?.addEventListener("abort", () => cancel(queued, signal.reason), { once: true });
        next();
      }),
    close: () => {
      const reason = new Error("the radiomics client was closed");
      const open = [...(current === null ? [] : [current]), ...queue.splice(0)];
      endWorker();
      open.forEach(({ reject }) => reject(reason));
    },
  };
}

/** Memory of the pixels; memory that threads share cannot move and stays where it is. */
function buffersOf({ image, mask }: RadiomicsJob): ArrayBuffer[] {
  const buffers = new Set([image.values.buffer, mask.values.buffer]);
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}
