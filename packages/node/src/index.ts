/** What programs on Node use beside `@sentinode/core`: files in, run folder out. */
export { readImage, type ReadImage } from "./codecs/read-image.ts";
export { readMask, type ReadMask } from "./codecs/read-mask.ts";
export { loadStudy, type LoadedStudy } from "./files/load-study.ts";
export { readTable } from "./tables/read-table.ts";
