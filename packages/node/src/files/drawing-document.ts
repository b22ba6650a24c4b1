import { parseHTML } from "linkedom";

/** What drawing needs of a document: elements that can be made and read again. */
export interface LinkedomDocument {
  readonly documentElement: object;
  createElementNS(namespace: string, name: string): object;
}

/** An empty document in which a report draws its figures; nothing of the machine is read. */
export function createDrawingDocument(): LinkedomDocument {
  const { document } = parseHTML("<!doctype html><html><body></body></html>") as {
    readonly document: LinkedomDocument;
  };
  return document;
}
