import { parentPort } from "node:worker_threads";
import type { CohortTask } from "./cohort-task.ts";
import { studyCohort } from "./study-cohort.ts";

parentPort?.on("message", (task: CohortTask & { readonly features: string }) => {
  void studyCohort(task).then((row) => parentPort?.postMessage(row));
});
