import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import {
  type ImageProposal,
  InputError,
  proposeProtocol,
  protocolJsonSchema,
  type RawTable,
} from "@sentinode/core";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { readTable } from "../tables/read-table.ts";
import { type Command, textOption } from "./command.ts";

/** `sentinode init`: a commented proposal of a protocol for a table. */
export const init: Command = {
  name: "init",
  usage: "TABLE [--images DIR] [--out study.yaml]",
  summary:
    "Reads a table and proposes variables, types, units, roles and blocks as a commented study.yaml, with the schema for editors beside it.",
  arguments: [1, 1],
  options: {
    images: { value: "DIR", help: "folder with the images and masks that the table names" },
    out: {
      value: "study.yaml",
      help: "file to write; never overwritten (default: study.yaml beside the table)",
    },
  },
  run: async (call) => {
    const file = call.positionals[0];
    const table = await readTable(file);
    const out = resolve(textOption(call, "out") ?? join(dirname(file), "study.yaml"));
    if (existsSync(out))
      throw new InputError(
        `${basename(out)}: there is such a file already, and a protocol is never overwritten; name another with --out`,
      );
    const folder = textOption(call, "images");
    const images = proposeImages(table, folder, dirname(resolve(file)));
    const { text, questions } = proposeProtocol(table, images);
    await writeFileAtomically(out, text);
    const schema = join(dirname(out), "study.schema.json");
    await writeFileAtomically(schema, `${JSON.stringify(protocolJsonSchema(), null, 2)}\n`);
    for (const question of questions)
      call.terminal.warn({ code: "to-decide", severity: "warning", message: question });
    call.terminal.say(`wrote ${out}: read every line, then sentinode check ${basename(out)}`);
    return { protocol: out, schema, questions };
  },
};

/** Patterns from the columns that hold file names, or from files that carry the patient's id. */
function proposeImages(table: RawTable, folder: string | undefined, base: string): ImageProposal | null {
  const isFile = (column: number) =>
    table.rows.length > 0 &&
    table.rows.every((row) => /\.(png|jpe?g|tiff?|bmp|pgm)$/i.test((row[column] ?? "").trim()));
  const columns = table.headers
    .map((header, column) => ({ header, column }))
    .filter(({ column }) => isFile(column));
  const mask = columns.find(({ header }) => /mask|segment|outline|contour/i.test(header));
  const image = columns.find(({ header }) => header !== mask?.header);
  const prefix =
    folder === undefined
      ? ""
      : `${relative(base, resolve(folder)).replaceAll("\\", "/")}/`.replace(/^\/$/, "");
  if (image !== undefined && mask !== undefined)
    return { image: `${prefix}{${image.header}}`, mask: `${prefix}{${mask.header}}` };
  return folder === undefined ? null : patternsFromNames(table, folder, prefix);
}

/** Files named `ID.png` and `ID_mask.png`, or the like. */
function patternsFromNames(table: RawTable, folder: string, prefix: string): ImageProposal {
  const names = new Set(readdirSync(folder));
  for (const [column, header] of table.headers.entries()) {
    const id = (table.rows[0]?.[column] ?? "").trim();
    if (id === "") continue;
    const own = [...names].filter((name) => name.startsWith(id));
    const image = own.find((name) => /^\.(png|jpe?g|tiff?|bmp|pgm)$/i.test(name.slice(id.length)));
    const mask = own.find((name) => /mask|tumou?r|seg|lesion/i.test(name.slice(id.length)));
    if (image !== undefined && mask !== undefined)
      return {
        image: `${prefix}{${header}}${image.slice(id.length)}`,
        mask: `${prefix}{${header}}${mask.slice(id.length)}`,
      };
  }
  throw new InputError(
    `${basename(folder)}: no column of the table leads to an image and its mask; add columns image and mask with the file names`,
  );
}
