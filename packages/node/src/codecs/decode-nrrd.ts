import { type Dimensions, FormatError, type Image } from "@sentinode/core/radiomics";
import { inflateAnnounced, isGzip } from "./inflate-volume.ts";
import { type NrrdHeader, numbersOf, readNrrdHeader } from "./nrrd-header.ts";
import { checkVolumeSize, damagedVolume, type Volume } from "./volume.ts";
import { bytesPerSample, readSamples, type SampleType } from "./volume-samples.ts";

const types: Readonly<Record<string, SampleType>> = Object.fromEntries(
  (
    [
      ["int8", ["signed char", "int8", "int8_t"]],
      ["uint8", ["uchar", "unsigned char", "uint8", "uint8_t"]],
      ["int16", ["short", "short int", "signed short", "signed short int", "int16", "int16_t"]],
      ["uint16", ["ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"]],
      ["int32", ["int", "signed int", "int32", "int32_t"]],
      ["uint32", ["uint", "unsigned int", "uint32", "uint32_t"]],
      [
        "int64",
        [
          "longlong",
          "long long",
          "long long int",
          "signed long long",
          "signed long long int",
          "int64",
          "int64_t",
        ],
      ],
      ["uint64", ["ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"]],
      ["float32", ["float"]],
      ["float64", ["double"]],
    ] as const
  ).flatMap(([type, names]) => names.map((name) => [name, type])),
);

/** Kinds of axes along which a sample of the grid lies; others hold several numbers of one voxel. */
const gridKinds = /^(domain|space|\?\?\?|none)$/i;

/**
 * The image of an NRRD file with its data attached.
 *
 * @param file Name for messages.
 * @returns The stored grid; the spacing is the length of the space directions, or the spacings.
 * @throws As {@link readNrrd}.
 */
export function decodeNrrd(bytes: Uint8Array, file: string): Image {
  return readNrrd(bytes, file).image;
}

/**
 * The volume of an NRRD file with its data attached.
 *
 * @param file Name for messages.
 * @throws {FormatError} Other or damaged bytes, data in another file, several numbers a voxel, an encoding or type that
 *   is not read.
 * @throws {InputError} An image above the limits of size.
 * @source Definition of NRRD file format, teem.sourceforge.net/nrrd/format.html.
 */
export function readNrrd(bytes: Uint8Array, file: string): Volume {
  const header = readNrrdHeader(bytes, file);
  const { fields } = header;
  const type = types[(fields.get("type") ?? "").toLowerCase()] as SampleType | undefined;
  if (type === undefined)
    throw new FormatError(
      `${file}: an NRRD image needs one number a voxel; its type is not read; export grey levels`,
    );
  if (fields.has("data file") || fields.has("datafile"))
    throw new FormatError(`${file}: the data lie in another file; export a single NRRD file`);
  if (["byte skip", "byteskip", "line skip", "lineskip"].some((key) => Number(fields.get(key) ?? 0) !== 0))
    throw new FormatError(
      `${file}: the data need to follow the header; got lines or bytes to skip; export it again`,
    );
  const dimensions = dimensionsOf(fields, file);
  const values = valuesOf(header, { type, count: dimensions[0] * dimensions[1] * dimensions[2] }, file);
  const { spacingMm, placement } = header;
  return { image: { dimensions, spacingMm, values }, bits: 8 * bytesPerSample(type), placement };
}

function dimensionsOf(fields: NrrdHeader["fields"], file: string): Dimensions {
  const sizes = numbersOf(fields.get("sizes"));
  const rank = Number(fields.get("dimension") ?? sizes.length);
  if (rank !== sizes.length) throw damagedVolume(file, "NRRD", "dimension and sizes contradict each other");
  const kinds = (fields.get("kinds") ?? "").split(/\s+/).filter((kind) => kind !== "");
  const several = kinds.findIndex((kind, axis) => !gridKinds.test(kind) && sizes[axis] > 1);
  if (several >= 0)
    throw new FormatError(
      `${file}: an NRRD image needs one number a voxel; got an axis of kind ${kinds[several].slice(0, 20)}; export grey levels`,
    );
  if (sizes.length < 2 || sizes.slice(3).some((size) => size !== 1))
    throw new FormatError(
      `${file}: an NRRD image needs two or three dimensions; got ${sizes.length}; export one volume`,
    );
  const dimensions: Dimensions = [sizes[0], sizes[1], sizes[2] ?? 1];
  checkVolumeSize(file, dimensions);
  return dimensions;
}

interface Samples {
  readonly type: SampleType;
  readonly count: number;
}

function valuesOf({ fields, data }: NrrdHeader, { type, count }: Samples, file: string): Image["values"] {
  const encoding = (fields.get("encoding") ?? "").toLowerCase();
  const needed = count * bytesPerSample(type);
  const stored = (bytes: Uint8Array) =>
    readSamples(
      bytes,
      count,
      { type, littleEndian: isLittleEndian(fields, type, file), slope: 1, intercept: 0 },
      file,
    );
  switch (encoding) {
    case "raw":
      return stored(data);
    case "gzip":
    case "gz":
      if (!isGzip(data)) throw damagedVolume(file, "NRRD", "its data are not compressed as the header says");
      return stored(inflateAnnounced(data, needed, file));
    case "ascii":
    case "text":
    case "txt":
      return textSamples(data, count, file);
    default:
      throw new FormatError(
        `${file}: an NRRD file needs raw, gzip or text data; got another encoding; export it raw`,
      );
  }
}

function isLittleEndian(fields: NrrdHeader["fields"], type: SampleType, file: string): boolean {
  const endian = fields.get("endian")?.toLowerCase();
  if (endian !== "little" && endian !== "big" && bytesPerSample(type) > 1)
    throw damagedVolume(file, "NRRD", "its header does not state the order of bytes");
  return endian !== "big";
}

function textSamples(data: Uint8Array, count: number, file: string): Float64Array {
  const values = Float64Array.from(numbersOf(Buffer.from(data).toString("latin1")));
  if (values.length !== count || values.some(Number.isNaN))
    throw damagedVolume(file, "NRRD", `it needs ${count} numbers; got ${values.length} words`);
  return values;
}
