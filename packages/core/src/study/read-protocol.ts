import { parseBySchema, parseMap } from "../documents/located-document.ts";
import { InputError } from "../errors.ts";
import { protocolProblems } from "./check-protocol.ts";
import { type Protocol, protocolSchema } from "./protocol.ts";

/**
 * The protocol that a `study.yaml` text holds, with every default written out.
 *
 * @param text YAML or JSON.
 * @param file Name for messages.
 * @throws {InputError} Every problem at once, each with its line: broken YAML, unknown or missing keys, forbidden
 *   predictors, names that nothing describes.
 */
export function readProtocol(text: string, file: string): Protocol {
  const document = parseMap(text, file, "a protocol is a map of keys such as name, cohort, outcome");
  const protocol = parseBySchema(document, protocolSchema);
  const problems = protocolProblems(protocol);
  if (problems.length > 0)
    throw new InputError(problems.map(({ path, message }) => `${document.at(path)}: ${message}`));
  return protocol;
}
