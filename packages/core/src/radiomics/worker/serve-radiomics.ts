import { InputError } from "../../errors.ts";
import { extractRadiomics } from "../extract.ts";
import type { MessagePortLike, RadiomicsReply, RadiomicsRequest } from "./messages.ts";

/**
 * Answers every request that comes through a port with the features of its region.
 *
 * @param port A worker's global scope, or a message port that is started.
 */
export function serveRadiomics(port: MessagePortLike): void {
  port.addEventListener("message", ({ data }) => port.postMessage(answer(data as RadiomicsRequest), []));
}

function answer({ id, image, mask, settings }: RadiomicsRequest): RadiomicsReply {
  try {
    return { id, features: extractRadiomics(image, mask, settings) };
  } catch (error) {
    if (error instanceof InputError) return { id, problems: error.problems };
    return { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
