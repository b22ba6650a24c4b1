import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  contentHash,
  type HeldOutOutcomes,
  type HeldOutPart,
  InputError,
  type OutcomeVault,
  patientId,
} from "@sentinode/core";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { recordOnce, type RunLedger } from "./run-ledger.ts";

/** The content of a file of sealed outcomes. */
interface SealedFile {
  readonly dataset: HeldOutPart;
  readonly patients: readonly string[];
  readonly outcome: readonly number[];
}

/**
 * The vault of a run: outcomes lie in files of their own, and each opening is a line of the ledger before they are read.
 *
 * @param folder Of the sealed files; it exists.
 */
export function createOutcomeVault(folder: string, ledger: RunLedger): OutcomeVault {
  const path = (dataset: HeldOutPart) => join(folder, `sealed-${dataset}.json`);
  return {
    seal: async ({ dataset, patients, outcome }) => {
      const sealed: SealedFile = { dataset, patients, outcome: Array.from(outcome) };
      await writeFileAtomically(path(dataset), `${JSON.stringify(sealed)}\n`);
      recordOnce(ledger, "outcomes sealed", {
        dataset,
        patients: patients.length,
        outcomes: contentHash(sealed),
      });
    },
    open: (opening) => {
      const { dataset } = opening;
      const sealed = JSON.parse(readFileSync(path(dataset), "utf8")) as SealedFile;
      const hash = contentHash(sealed);
      const known = ledger
        .entries()
        .findLast(({ event, details }) => event === "outcomes sealed" && details["dataset"] === dataset);
      if (known?.details["outcomes"] !== hash)
        throw new InputError(
          `the sealed outcomes of the ${dataset} set differ from those that the ledger knows; they were changed by hand; run the study in a new folder`,
        );
      recordOnce(ledger, "outcomes opened", {
        dataset,
        purpose: opening.purpose,
        patients: sealed.patients.length,
        protocol: opening.protocolHash,
        models: opening.models.map(({ name, hash: model }) => ({ name, hash: model })),
      });
      return Promise.resolve(toOutcomes(sealed));
    },
  };
}

function toOutcomes({ dataset, patients, outcome }: SealedFile): HeldOutOutcomes {
  return { dataset, patients: patients.map(patientId), outcome: Uint8Array.from(outcome) };
}
