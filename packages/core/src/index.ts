export { FormatError, InputError, NumericalError, type Finding } from "./errors.ts";
export { patientId, type PatientId } from "./cohort/patient.ts";
export { type RawTable } from "./cohort/raw-table.ts";
export { type Dimensions, type Image, type Mask, type Spacing } from "./image/image.ts";
