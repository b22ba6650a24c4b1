import { z } from "zod";
import { protocolSchema } from "./protocol.ts";

/**
 * The JSON Schema of `study.yaml`, for completion and checks in an editor.
 *
 * @returns JSON Schema 2020-12 of what an author writes: keys with a default may be left out.
 */
export function protocolJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(protocolSchema, { io: "input", target: "draft-2020-12" });
  return { ...schema, title: "Sentinode study protocol" };
}
