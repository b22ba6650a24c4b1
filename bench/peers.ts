/** Cases of the folder SENTINODE_PEERS, and the unit that times are stated in. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** The folder of peers. */
export const peers = resolve(root, process.env["SENTINODE_PEERS"] ?? "../shared/peers");

/**
 * Median CPU milliseconds of `work`, warm, in units of the folder's calibration, which runs before and after: what the
 * machine does meanwhile divides out.
 */
export function inUnits(
  work: () => unknown,
  repeats: number,
): { readonly units: number; readonly ms: number } {
  const before = calibrationMs();
  const times = Array.from({ length: Math.ceil(repeats * 1.5) }, () => cpuMs(work)).slice(-repeats);
  const after = calibrationMs();
  const ms = times.sort((a, b) => a - b)[repeats >> 1];
  return { ms, units: (2 * ms) / (before + after) };
}

function cpuMs(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function calibrationMs(): number {
  const { stdout } = spawnSync(process.execPath, [resolve(peers, "calibrate.mjs"), "15"], {
    encoding: "utf8",
  });
  return (JSON.parse(stdout) as { unitMs: number }).unitMs;
}
