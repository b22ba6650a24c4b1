import { FormatError } from "@sentinode/core";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { inflateEntry, type OpenArchive } from "../files/inflate-entry.ts";
import { limits } from "../files/limits.ts";
import type { ZipEntry } from "../files/zip-directory.ts";

/** What a reader of XML reacts to. Names come without namespace prefix. */
export interface XmlHandlers {
  readonly open?: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/**
 * Reads an entry of an archive as XML while it inflates, without ever holding it whole.
 *
 * @throws {FormatError} No well-formed XML in UTF-8, a document type (the source of entity attacks), elements nested too
 *   deep, or what {@link inflateEntry} refuses.
 */
export function readXml(archive: OpenArchive, entry: ZipEntry, handlers: XmlHandlers): void {
  const { file } = archive;
  const parser = new SaxesParser({ xmlns: false, position: false });
  const refuse = (cause: string) => {
    throw new FormatError(`${file}: ${entry.name} is not XML of a workbook: ${cause}; save the file again`);
  };
  let depth = 0;
  parser.on("error", (error) => refuse(plainCause(error.message)));
  parser.on("doctype", () => refuse("it declares a document type, which workbooks never do"));
  parser.on("opentag", (tag) => {
    if (++depth > limits.xmlDepth) refuse(`its elements are nested deeper than ${limits.xmlDepth}`);
    handlers.open?.(localName(tag.name), attributeOf(tag));
  });
  parser.on("closetag", (tag) => {
    depth--;
    handlers.close?.(localName(tag.name));
  });
  if (handlers.text) {
    parser.on("text", handlers.text);
    parser.on("cdata", handlers.text);
  }
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decoded = (piece: Uint8Array | undefined) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      return refuse("its text is not UTF-8");
    }
  };
  inflateEntry(archive, entry, (piece) => {
    parser.write(decoded(piece) ?? "");
  });
  parser.write(decoded(undefined) ?? "");
  parser.close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** Looks an attribute up by its name, with or without prefix. */
function attributeOf(tag: SaxesTagPlain): (name: string) => string | undefined {
  return (name) => {
    if (Object.hasOwn(tag.attributes, name)) return tag.attributes[name];
    const prefixed = Object.keys(tag.attributes).find((key) => localName(key) === name);
    return prefixed === undefined ? undefined : tag.attributes[prefixed];
  };
}

/** The parser's cause without excerpts of the document, which may hold clinical text. */
function plainCause(message: string): string {
  return message
    .replace(/^\d+:\d+: /, "")
    .replace(/[:&].*$/s, "")
    .slice(0, 80);
}
