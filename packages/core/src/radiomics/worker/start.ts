import type { MessagePortLike } from "./messages.ts";
import { serveRadiomics } from "./serve-radiomics.ts";

// The module of a dedicated worker: `new Worker(url, { type: "module" })`.
serveRadiomics(globalThis as unknown as MessagePortLike);
