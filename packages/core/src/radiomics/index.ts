/** A second front door, for those who need radiomics and nothing else: it loads a tenth of the modules. */
export { type Finding, FormatError, InputError, NumericalError } from "../errors.ts";
export { checkRegion } from "../image/check-region.ts";
export { connectedComponents } from "../image/components.ts";
export { greyFromSamples, type RasterSamples } from "../image/grey.ts";
export { type Dimensions, type Image, type Length, type Mask, type Spacing } from "../image/image.ts";
export { pixelCount } from "../image/mask.ts";
export { countGreyLevels, thresholdMask } from "../image/soft-mask.ts";
export { type ImageFilter } from "../image/filters/image-filter.ts";
export { filterImage } from "../image/filters/filter-box.ts";
export { type RadiomicSource } from "../features/feature-source.ts";
export { type FeatureValue } from "../features/feature-definition.ts";
export { extractRadiomics, type RadiomicFeature } from "./extract.ts";
export { type FeatureColumn, featureColumns } from "./feature-columns.ts";
export { columnNames, type NameScheme } from "./feature-names.ts";
export { pyradiomicsName } from "./pyradiomics/printed-name.ts";
export { defaultRadiomicsSettings, type RadiomicsSettings } from "./settings.ts";
export { featureMap, type FeatureMapSettings, type MappedFamily } from "./feature-map.ts";
export { drawFeatureMap, type Picture } from "./draw-feature-map.ts";
