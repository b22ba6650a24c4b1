import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { InputError } from "@sentinode/core";
import { outputFolder } from "../files/output-folder.ts";
import { readModelFile } from "../files/read-model.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { freezeRunModel } from "../store/freeze-run.ts";
import { json } from "../store/write-run.ts";
import { type Command, textOption } from "./command.ts";

/** `sentinode freeze`: a model that is final. */
export const freeze: Command = {
  name: "freeze",
  usage: "RUN --model NAME --out MODEL.json",
  summary:
    "Declares a model of a finished run final: the file holds its content hash and the day, the run's ledger a line. Only a frozen model can be validated, and only on patients enrolled after that day as prospective ones.",
  arguments: [1, 1],
  options: {
    model: { value: "NAME", help: "name of the model in the protocol" },
    out: { value: "MODEL.json", help: "file to write" },
  },
  run: async (call) => {
    const [name, file] = [textOption(call, "model"), textOption(call, "out")];
    if (name === undefined || file === undefined)
      throw new InputError(
        "sentinode freeze needs --model NAME and --out MODEL.json; see sentinode freeze --help",
      );
    const out = resolve(file);
    await outputFolder(dirname(out));
    const frozen = await freezeRunModel(call.positionals[0], name);
    if (existsSync(out) && (await readModelFile(out)).hash !== frozen.hash)
      throw new InputError(
        `${basename(out)}: there is another model in this file; a frozen model is not written over; name another file`,
      );
    await writeFileAtomically(out, json(frozen));
    call.terminal.say(`model ${name} is frozen since ${frozen.frozen.on}: ${out} (${frozen.hash})`);
    return { model: name, frozen: frozen.frozen, hash: frozen.hash, file: out };
  },
};
