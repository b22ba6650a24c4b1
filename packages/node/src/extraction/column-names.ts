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
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined)
    throw new InputError(
      `--names ${kind} needs a name for each column; got ${twice} for several, whose binnings or filters it does not tell apart; extract them with settings of their own, or leave --names out`,
    );
  return names;
}
