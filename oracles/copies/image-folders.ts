import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PngCase, pngCase } from "./image-copies.ts";

/** An image of a folder that names its images in `study.csv`. */
export interface FolderImage {
  readonly patient: string;
  readonly image: string;
  readonly mask: string;
}

/** The folders below a place that have a `study.csv` with the columns patient_id, image and mask. */
export function imageFolders(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(place, entry.name, "study.csv")))
    .map((entry) => join(place, entry.name))
    .filter((folder) => folderImages(folder).length > 0);
}

/** The images that a folder's `study.csv` names, where both files are there. */
export function folderImages(folder: string): readonly FolderImage[] {
  const [header, ...lines] = readFileSync(join(folder, "study.csv"), "utf8").trim().split(/\r?\n/);
  const names = header.split(",");
  const [id, image, mask] = ["patient_id", "image", "mask"].map((name) => names.indexOf(name));
  if (Math.min(id, image, mask) < 0) return [];
  const file = (name: string) => [join(folder, name), join(folder, "images", name)].find(existsSync);
  return lines.flatMap((line) => {
    const cells = line.split(",");
    const [imageFile, maskFile] = [file(cells[image]), file(cells[mask])];
    return imageFile === undefined || maskFile === undefined
      ? []
      : [{ patient: cells[id], image: imageFile, mask: maskFile }];
  });
}

/** The images of a folder in memory. */
export async function pngCases(images: readonly FolderImage[]): Promise<readonly PngCase[]> {
  const cases: PngCase[] = [];
  for (const { image, mask } of images) cases.push(await pngCase(readFileSync(image), readFileSync(mask)));
  return cases;
}
