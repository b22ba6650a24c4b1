/**
 * A text of at most `longest` characters, the cut marked.
 *
 * @param longest At least 2.
 * @example shorten("lymphovascular invasion", 12) // => "lymphovascu…"
 */
export function shorten(text: string, longest: number): string {
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

/**
 * A text broken into lines at its spaces; a word longer than a line is cut.
 *
 * @param longest Characters a line, at least 2.
 * @example wrapped("no axillary dissection", 12) // => ["no axillary","dissection"]
 */
export function wrapped(text: string, longest: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && Array.from(`${last} ${word}`).length <= longest)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(shorten(word, longest));
  }
  return lines;
}
