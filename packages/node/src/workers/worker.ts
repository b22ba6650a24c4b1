import { parentPort } from "node:worker_threads";
import type { FitData } from "@sentinode/core";
import { extractCase, extractChangedCase } from "./extract-case.ts";
import type { WorkerReply, WorkerRequest } from "./messages.ts";

if (parentPort === null) throw new Error("worker.ts runs in a worker thread only");
const port = parentPort;
let shared: FitData | null = null;

async function answer(request: Exclude<WorkerRequest, { kind: "share" }>): Promise<WorkerReply> {
  try {
    if (request.kind === "extract") return { id: request.id, result: await extractCase(request.task) };
    if (request.kind === "extract-changed")
      return {
        id: request.id,
        result: await extractChangedCase(request.task.extraction, request.task.known),
      };
    if (request.kind === "draw") {
      const { drawFrame } = await import("./draw-frame.ts");
      return { id: request.id, result: await drawFrame(request.task) };
    }
    if (shared === null) throw new Error("a fit needs its data first");
    // Models load when one is fitted: workers that measure start sooner without them.
    const { runFitTask } = await import("@sentinode/core");
    const fit = runFitTask(shared, request.task);
    return { id: request.id, result: request.kind === "fit" ? fit : fit.probabilities };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { id: request.id, error: { name, message, stack: stack ?? message } };
  }
}

port.on("message", (request: WorkerRequest) => {
  if (request.kind === "share") shared = request.data;
  else void answer(request).then((reply) => port.postMessage(reply));
});
