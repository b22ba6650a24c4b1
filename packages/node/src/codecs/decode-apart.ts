import { type ChildProcess, fork } from "node:child_process";
import { FormatError, InputError } from "@sentinode/core/radiomics";
import type { DecodedImage } from "./decoded-image.ts";

/** What is asked of a decoder's process. */
export interface DecodingRequest {
  readonly bytes: Uint8Array;
  readonly format: "JPEG" | "TIFF";
  readonly file: string;
}

/** What it answers; errors by their class, since classes do not survive the way. */
export type DecodingReply =
  | { readonly decoded: DecodedImage }
  | { readonly error: { readonly name: string; readonly message: string } };

/** Decoding a file longer than this has gone wrong. */
const patienceMs = 120_000;

const fromSource = import.meta.url.endsWith(".ts");
const entry = new URL(fromSource ? "./decoder-process.ts" : "./decoder-process.js", import.meta.url);

/** Decodes in another process; requests are answered one after the other. */
export type ApartDecoder = (request: DecodingRequest) => Promise<DecodedImage>;

/** The pixels of a JPEG or TIFF, from the one decoder of this thread. */
export const decodeApart = createApartDecoder(entry);

/**
 * A decoder in another process, started at the first file: native code that a damaged file brings down takes nothing with
 * it but that file.
 *
 * @param module The process's module.
 * @returns Throws what the decoder throws, and a FormatError where it broke down or did not end.
 */
export function createApartDecoder(module: URL): ApartDecoder {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const current = () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) child = start(module);
    return child;
  };
  return (request) => {
    const answer = last.then(() => ask(current(), request));
    last = answer.catch(() => undefined);
    return answer;
  };
}

function ask(child: ChildProcess, request: DecodingRequest): Promise<DecodedImage> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(clock);
      child.off("message", onMessage);
      child.off("exit", onExit);
      finish();
    };
    const fail = (cause: string) => {
      const message = `${request.file}: the ${request.format} decoder ${cause}; export the image as PNG`;
      settle(() => reject(new FormatError(message)));
    };
    const onMessage = (reply: DecodingReply) => {
      settle(() => ("decoded" in reply ? resolve(reply.decoded) : reject(revived(reply.error))));
    };
    const onExit = () => fail("broke down over this file");
    const clock = setTimeout(() => {
      child.kill("SIGKILL");
      child.once("exit", () => fail(`did not end within ${patienceMs / 1000} s`));
      child.off("exit", onExit);
    }, patienceMs);
    child.on("message", onMessage);
    child.on("exit", onExit);
    // Where sending fails, the process has ended, which is heard of by itself.
    child.send(request, () => undefined);
  });
}

function start(module: URL): ChildProcess {
  const child = fork(module, {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: fromSource ? ["--conditions=@sentinode/source"] : [],
  });
  // A decoder that waits keeps nobody from ending.
  child.unref();
  child.channel?.unref();
  return child;
}

function revived({ name, message }: { readonly name: string; readonly message: string }): Error {
  if (name === "FormatError") return new FormatError(message);
  return name === "InputError" ? new InputError(message) : new Error(message);
}
