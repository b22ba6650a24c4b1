import { basename } from "node:path";
import { InputError, readStudyModel, type StudyModel } from "@sentinode/core";
import { readText } from "./load-study.ts";

/**
 * Reads a model that a run wrote or that was frozen.
 *
 * @throws {InputError} There is no such file, it is no model, or its content does not match its hash.
 */
export async function readModelFile(path: string): Promise<StudyModel> {
  const file = basename(path);
  return readStudyModel(parseJson(await readText(path), file), file);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(
      `${file}: a model is a JSON file; got something else; use models/NAME.json of a run`,
    );
  }
}
