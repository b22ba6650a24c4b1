import { isMap, LineCounter, parseDocument, type Document } from "yaml";
import { type z } from "zod";
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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0)
    throw new InputError(
      document.errors.map(
        (error) => `${file}, line ${String(lines.linePos(error.pos[0]).line)}: ${error.message}`,
      ),
    );
  if (!isMap(document.contents))
    throw new InputError(
      `${file}: a protocol is a map of keys such as name, cohort, outcome; got something else`,
    );
  const at = (path: readonly PropertyKey[]) => `${file}, line ${String(lineOf(document, lines, path))}`;
  const parsed = protocolSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!parsed.success)
    throw new InputError(
      issuesInWords(parsed.error.issues).map(({ path, message }) => `${at(path)}: ${message}`),
    );
  const problems = protocolProblems(parsed.data);
  if (problems.length > 0)
    throw new InputError(problems.map(({ path, message }) => `${at(path)}: ${message}`));
  return parsed.data;
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
