import { parentPort } from "node:worker_threads";
import { type LeakTask, runLeakTask } from "./task.ts";

const port = parentPort;
if (port === null) throw new Error("this file runs on a worker of bench/leaks.ts");
port.on("message", (task: LeakTask) => {
  void runLeakTask(task).then((row) => {
    port.postMessage(row);
  });
});
