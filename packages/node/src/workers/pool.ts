import { Worker } from "node:worker_threads";
import type { FitData } from "@sentinode/core";
import { FormatError, InputError, NumericalError } from "@sentinode/core/radiomics";
import type { WorkerReply, WorkerRequest } from "./messages.ts";

/** Work for a pool, without the id that the pool gives it. */
export type PoolTask = {
  readonly kind: "draw" | "extract" | "extract-changed" | "fit" | "probabilities";
  readonly task: unknown;
};

/** Worker threads that take one task at a time. */
export interface WorkerPool {
  /** Data for later fits, copied to each worker once. */
  share(data: FitData): void;
  /** Runs all tasks, each made when a worker is free; `onDone` sees results as they come, in any order. */
  run(tasks: Iterable<PoolTask>, onDone: (index: number, result: unknown) => void): Promise<void>;
  close(): Promise<void>;
}

const fromSource = import.meta.url.endsWith(".ts");
const entry = new URL(fromSource ? "./worker.ts" : "./worker.js", import.meta.url);

/**
 * A pool of worker threads, started at the first task.
 *
 * @param size At least 1.
 * @param interrupted Aborting it makes `run` reject with an AbortError after running tasks are dropped.
 */
export function createWorkerPool(size: number, interrupted: AbortSignal): WorkerPool {
  const workers: Worker[] = [];
  let shared: FitData | null = null;
  const start = () => {
    while (workers.length < size) {
      const worker = new Worker(entry, { execArgv: fromSource ? ["--conditions=@sentinode/source"] : [] });
      worker.setMaxListeners(0);
      if (shared !== null) worker.postMessage({ kind: "share", data: shared } satisfies WorkerRequest);
      workers.push(worker);
    }
  };
  return {
    share: (data) => {
      shared = data;
      for (const worker of workers) worker.postMessage({ kind: "share", data } satisfies WorkerRequest);
    },
    run: async (tasks, onDone) => {
      interrupted.throwIfAborted();
      start();
      const numbered = numberedTasks(tasks);
      await Promise.all(
        workers.map(async (worker) => {
          for (const request of numbered) onDone(request.id, await ask(worker, request, interrupted));
        }),
      );
    },
    close: async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    },
  };
}

/** One iteration that all workers share. */
function* numberedTasks(tasks: Iterable<PoolTask>): Generator<Exclude<WorkerRequest, { kind: "share" }>> {
  let id = 0;
  for (const task of tasks) yield { ...task, id: id++ } as Exclude<WorkerRequest, { kind: "share" }>;
}

function ask(worker: Worker, request: WorkerRequest, interrupted: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
      interrupted.removeEventListener("abort", onAbort);
      finish();
    };
    const onMessage = (reply: WorkerReply) => {
      settle(() => ("result" in reply ? resolve(reply.result) : reject(revived(reply.error))));
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = (code: number) =>
      settle(() => reject(new Error(`a worker thread ended with code ${String(code)}`)));
    const onAbort = () => settle(() => reject(interrupted.reason as Error));
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
    interrupted.addEventListener("abort", onAbort);
    worker.postMessage(request);
  });
}

/** The error of a worker with its class, so that the command line knows whose turn it is to act. */
function revived(error: { readonly name: string; readonly message: string; readonly stack: string }): Error {
  switch (error.name) {
    case "InputError":
      return new InputError(error.message.split("\n"));
    case "NumericalError":
      return new NumericalError(error.message);
    case "FormatError":
      return new FormatError(error.message);
    default: {
      const revivedError = new Error(error.message);
      revivedError.stack = error.stack;
      return revivedError;
    }
  }
}
