import { InputError, NumericalError } from "../../errors.ts";
import { readProtocol } from "../read-protocol.ts";

/**
 * The message with which something is refused.
 *
 * @param attempt Must throw an `InputError`.
 * @throws {NumericalError} It is not refused.
 */
export function refusalOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new NumericalError(
    "the leak laboratory needs the ordinary pipeline to refuse this mistake; it was accepted; the pipeline has a gap",
  );
}

/**
 * The message with which a protocol is refused whose model uses a predictor.
 *
 * @param name Column.
 * @param variable Its entry under `variables`.
 */
export function protocolRefusal(name: string, variable: Readonly<Record<string, unknown>>): string {
  const protocol = {
    schema: "sentinode/study@1",
    name: "A predictor that is not one",
    cohort: { table: "cohort.csv", id: "patient_id" },
    outcome: { variable: "nsln_metastasis", positive: 1, negative: 0, label: "non-sentinel node metastasis" },
    variables: { age: { type: "numeric" }, [name]: variable },
    blocks: { C: ["age", name] },
    models: { C: ["C"] },
  };
  return refusalOf(() => readProtocol(JSON.stringify(protocol), "study.yaml"));
}
