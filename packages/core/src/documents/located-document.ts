import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { InputError } from "../errors.ts";

/** A parsed document that can say on which line each part of it stands. */
export interface LocatedDocument {
  /** A map of keys. */
  readonly content: unknown;
  /** `FILE, line N` of a part, for messages. */
  readonly at: (path: readonly PropertyKey[]) => string;
  /** A scalar as the file has it, e.g. `1.0` for the number 1; null where there is none. */
  readonly textOf: (path: readonly PropertyKey[]) => string | null;
}

/**
 * A YAML (or JSON) document whose root is a map.
 *
 * @param file Name for messages.
 * @param what What it is and which keys it has, e.g. `a protocol is a map of keys such as name`.
 * @throws {InputError} Every fault of syntax with its line; a root that is no map.
 */
export function parseMap(text: string, file: string, what: string): LocatedDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0)
    throw new InputError(
      document.errors.map(
        (error) => `${file}, line ${String(lines.linePos(error.pos[0]).line)}: ${error.message}`,
      ),
    );
  if (!isMap(document.contents)) throw new InputError(`${file}: ${what}; got something else`);
  return {
    content: document.toJS({ maxAliasCount: 100 }) as unknown,
    at: (path) => `${file}, line ${String(lineOf(document, lines, path))}`,
    textOf: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) ? (node.source ?? null) : null;
    },
  };
}

/**
 * The content of a document by its schema, defaults filled in.
 *
 * @throws {InputError} Every problem at once, each with its line.
 */
export function parseBySchema<Schema extends z.ZodType>(
  { content, at }: LocatedDocument,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new InputError(
    issuesInWords(parsed.error.issues).map(({ path, message }) => `${at(path)}: ${message}`),
  );
}

interface LocatedMessage {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function issuesInWords(issues: readonly z.core.$ZodIssue[]): LocatedMessage[] {
  return issues.flatMap((issue): LocatedMessage[] => {
    if (issue.code === "invalid_union") return closestBranch(issue);
    const key = issue.path.join(".");
    return [{ path: issue.path, message: key === "" ? issue.message : `${key}: ${issue.message}` }];
  });
}

/** Of a union's branches the one that fits best speaks: the one that fails deepest, then with the fewest issues. */
function closestBranch(issue: z.core.$ZodIssueInvalidUnion): LocatedMessage[] {
  const depth = (branch: readonly z.core.$ZodIssue[]) =>
    Math.max(0, ...branch.map((inner) => inner.path.length));
  const branches = [...issue.errors].filter((branch) => branch.length > 0);
  branches.sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  const closest = branches[0];
  if (closest === undefined)
    return [{ path: issue.path, message: `${issue.path.join(".")}: ${issue.message}` }];
  return issuesInWords(closest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
