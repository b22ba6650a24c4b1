import type { DecodingReply, DecodingRequest } from "./decode-apart.ts";
import { decodeWithSharp } from "./decode-with-sharp.ts";

async function answer({ bytes, format, file }: DecodingRequest): Promise<DecodingReply> {
  try {
    return { decoded: await decodeWithSharp(bytes, format, file) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message } };
  }
}

process.on("message", (request: DecodingRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.on("disconnect", () => process.exit());
