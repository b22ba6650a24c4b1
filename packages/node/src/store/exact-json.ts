/** Numbers that JSON has no word for, by the word that stands for them. */
const unwritable: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

/** Typed arrays that are written as lists. */
const arrays = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array } as const;

/**
 * The JSON of a value, from which `fromExactJson` makes the same value again: NaN, infinite numbers, -0 and typed arrays too,
 * of which JSON keeps nothing.
 *
 * @example exactJson([1, NaN]) // => "[1,{\"$number\":\"NaN\"}]"
 */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, exact);
}

function exact(_key: string, value: unknown): unknown {
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return { $number: Object.is(value, -0) ? "-0" : String(value) };
  for (const [name, kind] of Object.entries(arrays))
    if (value instanceof kind) return { $array: name, values: Array.from(value) };
  return value;
}

/** The value whose exact JSON a text is. */
export function fromExactJson(text: string): unknown {
  return text.includes('{"$') ? (JSON.parse(text, revived) as unknown) : (JSON.parse(text) as unknown);
}

function revived(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { $number, $array, values, ...rest } = value as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return value;
  if (typeof $number === "string" && Object.hasOwn(unwritable, $number)) return unwritable[$number];
  if (typeof $array === "string" && Object.hasOwn(arrays, $array) && Array.isArray(values))
    return arrays[$array as keyof typeof arrays].from(values as number[]);
  return value;
}
