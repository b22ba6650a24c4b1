import {
  featureColumns,
  InputError,
  pyradiomicsName,
  type RadiomicsSettings,
} from "@sentinode/core/radiomics";

/** Whose names the output's columns have. */
export type NameKind = "sentinode" | "ibsi" | "pyradiomics";

/**
 * The names of an extraction's columns; where a scheme has none for a feature, ours.
 *
 * @throws {InputError} Two columns would get one name, as with two binnings under the names of PyRadiomics, which do not
 *   hold it.
 */
export function columnNames(settings: RadiomicsSettings, kind: NameKind): string[] {
  const names = featureColumns(settings).map(({ name, source }) => {
    if (kind === "ibsi") return source.ibsi === null ? name : `${source.ibsi}.${name}`;
    return (kind === "pyradiomics" ? pyradiomicsName(source) : null) ?? name;
  });
  if (new Set(names).size < names.length)
    throw new InputError(
      `--names ${kind} needs a name for each column; got ${names.find((name, at) => names.indexOf(name) < at)!} for several, whose binnings or filters it does not tell apart; extract them with settings of their own, or leave --names out`,
    );
  return names;
}
