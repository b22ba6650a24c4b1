/** SQLite's primary result codes that are errors of the machine, and the codes of the file system that say the same. */
const fileCodes: Readonly<Record<number, string>> = {
  8: "EROFS",
  10: "EIO",
  13: "ENOSPC",
  14: "ECANTOPEN",
};

/**
 * What `work` returns; errors of SQLite that come from the machine are thrown as those of a file system, with the path.
 *
 * @param path Of the database.
 */
export function inFileTerms<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const primary = ((error as { readonly errcode?: number }).errcode ?? 0) & 255;
    const code = fileCodes[primary];
    if (code === undefined || !(error instanceof Error)) throw error;
    throw Object.assign(new Error(`${code}: ${error.message}, ${path}`, { cause: error }), { code, path });
  }
}
