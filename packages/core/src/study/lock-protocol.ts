import { stringify } from "yaml";
import type { Protocol } from "./protocol.ts";

/**
 * A protocol with every default written out, as `study.lock.yaml` holds it. Read back, it is the same protocol.
 */
export function lockedProtocol(protocol: Protocol): string {
  return `# The protocol as it was run, every default written out.\n${stringify(protocol, { lineWidth: 110, aliasDuplicateObjects: false })}`;
}
