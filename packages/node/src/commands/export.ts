import { resolve } from "node:path";
import { InputError } from "@sentinode/core";
import { exportRun } from "../store/export-run.ts";
import { type Command, textOption } from "./command.ts";

/** `sentinode export`: a run as a research object. */
export const exportCommand: Command = {
  name: "export",
  usage: "RUN --out CRATE [--with-data] [--data DIR] [--licence URL] [--agent NAME]",
  summary:
    "Writes a finished run as an RO-Crate (Process Run Crate): what was computed from what, by which program, when. Without --with-data no file that tells of single patients is copied; the hashes of all are in it.",
  arguments: [1, 1],
  options: {
    out: { value: "CRATE", help: "folder to write, or a file that ends in .zip" },
    "with-data": { help: "copy the table, images, masks and every output too" },
    data: { value: "DIR", help: "folder of the inputs (default: that of the run)" },
    licence: { value: "URL", help: "address of the licence under which the crate is given away" },
    agent: { value: "NAME", help: "organisation that ran the study" },
  },
  run: async (call) => {
    const out = textOption(call, "out");
    if (out === undefined)
      throw new InputError("sentinode export needs --out CRATE; see sentinode export --help");
    const licence = textOption(call, "licence");
    if (licence !== undefined && !/^https?:\/\/\S+$/.test(licence))
      throw new InputError(
        "--licence needs an address such as https://creativecommons.org/licenses/by/4.0/; got something else",
      );
    const data = textOption(call, "data");
    const exported = await exportRun({
      run: resolve(call.positionals[0]),
      out,
      withData: call.options["with-data"] === true,
      data: data === undefined ? undefined : resolve(data),
      licence,
      agent: textOption(call, "agent"),
    });
    const byHash = exported.byHash === 0 ? "" : `, ${String(exported.byHash)} more known by their hashes`;
    call.terminal.say(`crate: ${exported.crate}: ${String(exported.files)} files${byHash}`);
    return exported;
  },
};
