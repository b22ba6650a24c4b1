/** A worker of the bench: prepares a task, then answers lists of pieces. */
import { parentPort, workerData } from "node:worker_threads";
import { tasks } from "./tasks.ts";

const { name, folder } = workerData as { readonly name: string; readonly folder: string };
const work = tasks.find((task) => task.name === name)!.prepare(folder);
parentPort!.on("message", (pieces: readonly number[]) => {
  parentPort!.postMessage(pieces.map((index) => work.pieces!.piece(index)));
});
parentPort!.postMessage("ready");
