/**
 * Copies of images in the folders of SENTINODE_DATA that name images and masks in `study.csv`: none is found among the
 * images of different patients, and every kind of copy that is promised of every twentieth image is.
 */
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { copiedImages } from "../../packages/core/src/image/copied-images.ts";
import { copyKinds, fingerprintOf, fingerprintOfCopy } from "./image-copies.ts";
import { folderImages, imageFolders, pngCases } from "./image-folders.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const place = resolve(root, process.env["SENTINODE_DATA"] ?? join(root, "../shared/data"));
const folders = imageFolders(place);
if (folders.length === 0) console.log(`SENTINODE_DATA: no images with masks in ${place}; skipped`);

describe.skipIf(folders.length === 0)("images of different patients", () => {
  for (const folder of folders)
    it(`of ${basename(folder)}: none is a copy of another, and copies of them are found`, async () => {
      const images = folderImages(folder);
      const cases = await pngCases(images);
      const originals = await Promise.all(cases.map(({ image, mask }) => fingerprintOf(image, mask)));
      expect(copiedImages(originals)).toEqual([]);
      const chosen = cases.flatMap((_, i) => (i % 20 === 0 ? [i] : []));
      for (const kind of copyKinds) {
        const copies = await Promise.all(chosen.map((i) => fingerprintOfCopy(cases[i], kind)));
        const found = copiedImages([...originals, ...copies]).map(({ first, second }) => [first, second]);
        const pairs = chosen.map((i, k) => [i, originals.length + k]);
        if (kind.isBeyondPromise) expect(pairs, kind.name).toEqual(expect.arrayContaining(found));
        else expect(found, kind.name).toEqual(pairs);
      }
    });
});
