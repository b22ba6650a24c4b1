import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { PatientId } from "../../cohort/patient.ts";
import { contentHash } from "../content-hash.ts";

/**
 * The patients that a model learned from, as a set that can be asked and not read: who holds an id can ask whether it is
 * in it, and nothing else stands in it.
 */
export interface TrainedOn {
  /** Differs between models, so that two of them do not show which patients they share. */
  readonly salt: string;
  /** One code a patient, sorted. */
  readonly patients: readonly string[];
}

/** Hexadecimal digits of a code: 16 bytes of SHA-256, so that two ids never share one by chance. */
const CODE_DIGITS = 32;

/**
 * The patients that a model learned from, as codes.
 *
 * @param patients Their ids; the order is irrelevant.
 * @param model What tells the model from all others; the salt derives from it, so that equal runs give equal codes.
 */
export function trainedOn(patients: readonly PatientId[], model: unknown): TrainedOn {
  const salt = contentHash(["patients of a model", model]).slice("sha256:".length);
  const codes = patients.map((patient) => patientCode(salt, patient));
  return { salt, patients: codes.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) };
}

/**
 * Those of some patients that a model learned from.
 *
 * @returns In the order asked; empty where all are new to the model.
 */
export function learnedFrom(training: TrainedOn, patients: readonly PatientId[]): readonly PatientId[] {
  const codes = new Set(training.patients);
  return patients.filter((patient) => codes.has(patientCode(training.salt, patient)));
}

/**
 * What stands for a patient in a model's file.
 *
 * @param salt Of the model.
 * @returns 32 hexadecimal digits: the first 16 bytes of SHA-256 over salt, NUL and id.
 * @example patientCode("", "case001") // => "e82b3b0ec84790625d7fcc896aa30eca"
 */
export function patientCode(salt: string, patient: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${salt}\0${patient}`))).slice(0, CODE_DIGITS);
}
