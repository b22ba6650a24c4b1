/**
 * How well copies of images and repeated patients are found: `node --conditions=@sentinode/source bench/copies.ts
 * [--every 3] [--frames 1647]`, with the data folder in SENTINODE_DATA. Writes docs/copies.md.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { copiedImages } from "../packages/core/src/image/copied-images.ts";
import { imageFingerprint, type ImageFingerprint } from "../packages/core/src/image/fingerprint.ts";
import { simulateStudy } from "../packages/core/src/study/simulate-study.ts";
import { copyKinds, fingerprintOf, fingerprintOfCopy } from "../oracles/copies/image-copies.ts";
import { folderImages, imageFolders, pngCases } from "../oracles/copies/image-folders.ts";
import { repeatedRows } from "./copies/repeated-rows.ts";

const root = resolve(import.meta.dirname, "..");
const data = resolve(root, process.env["SENTINODE_DATA"] ?? join(root, "../shared/data"));
const { values } = parseArgs({
  options: { every: { type: "string", default: "3" }, frames: { type: "string", default: "1647" } },
});
const every = Number(values.every);
const say = (text: string) => process.stdout.write(`${text}\n`);

interface KindRow {
  readonly name: string;
  readonly found: number;
  readonly of: number;
  readonly least: number;
  readonly wrong: number;
}

async function folderSection(folder: string): Promise<string> {
  const images = folderImages(folder);
  const cases = await pngCases(images);
  const originals: (ImageFingerprint | null)[] = [];
  for (const { image, mask } of cases) originals.push(await fingerprintOf(image, mask));
  const among = copiedImages(originals).length;
  const rows: KindRow[] = [];
  for (const kind of copyKinds) {
    const chosen = cases.flatMap((_, i) => (i % every === 0 ? [i] : []));
    const copies: (ImageFingerprint | null)[] = [];
    for (const i of chosen) copies.push(await fingerprintOfCopy(cases[i], kind));
    const pairs = copiedImages([...originals, ...copies]);
    const own = pairs.filter(({ first, second }) => first === chosen[second - originals.length]);
    const least = Math.min(...own.map(({ correlation }) => correlation));
    const [found, of, wrong] = [own.length, chosen.length, pairs.length - own.length];
    rows.push({ name: kind.name, found, of, least, wrong });
    say(`${basename(folder)}: ${kind.name}: ${String(found)} of ${String(of)}`);
  }
  const pairs = (images.length * (images.length - 1)) / 2;
  return `### ${basename(folder)}

${String(images.length)} images of different patients: ${String(among)} of ${pairs.toLocaleString("en")} pairs are called copies. Copies of one image in ${String(every)}:

| copy | found | lowest correlation | pairs found wrongly |
| --- | --- | --- | --- |
${rows.map(({ name, found, of, least, wrong }) => `| ${name} | ${String(found)} of ${String(of)} | ${least.toFixed(2)} | ${String(wrong)} |`).join("\n")}
`;
}

function framesSection(frames: number): string {
  const study = simulateStudy({ patients: frames, seed: 1 });
  const fingerprints = study.table.rows.map((_, index) => {
    const { image, mask } = study.frame(index);
    if (index % 200 === 0) say(`frame ${String(index)}`);
    return imageFingerprint(image, mask);
  });
  const started = process.cpuUsage();
  const found = copiedImages(fingerprints);
  const seconds = process.cpuUsage(started).user / 1e6;
  say(`${String(frames)} frames compared in ${seconds.toFixed(2)} s`);
  return `### Simulated frames

${String(frames)} simulated frames of different patients: ${String(found.length)} pairs are called copies. All pairs are compared in ${seconds.toFixed(1)} s of processor time (one thread, ${cpus()[0].model.trim()}).
`;
}

const sections = [
  ...(await Promise.all(imageFolders(data).map(folderSection))),
  framesSection(Number(values.frames)),
];
writeFileSync(
  join(root, "docs/copies.md"),
  `# Copies of images and repeated patients, measured

Written by \`node --conditions=@sentinode/source bench/copies.ts\`; what is done with the pairs stands in [provenance.md](provenance.md).

## Images

A copy is a correlation of at least 0.6 of the local detail of both thumbnails, laid on each other, over all that they share and around the
lesion.

${sections.join("\n")}
${await repeatedRows(data)}`,
);
