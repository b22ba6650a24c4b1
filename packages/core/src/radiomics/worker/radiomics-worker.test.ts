import { describe, expect, it } from "vitest";
import type { InputError } from "../../errors.ts";
import { extractRadiomics } from "../extract.ts";
import { defaultRadiomicsSettings } from "../settings.ts";
import type { RadiomicsJob } from "./messages.ts";
import { createRadiomicsClient, type RadiomicsWorker } from "./radiomics-client.ts";
import { serveRadiomics } from "./serve-radiomics.ts";

type Listener = (event: { readonly data: unknown }) => void;

/** Workers of this thread: messages are cloned and arrive later, as between threads. */
function createWorkers(delay = 0) {
  const log: string[] = [];
  const errors: (() => void)[] = [];
  const start = (): RadiomicsWorker => {
    log.push("started");
    const [toPage, toWorker]: [Listener[], Listener[]] = [[], []];
    let isOver = false;
    const send = (listeners: readonly Listener[], message: unknown, transfer: ArrayBuffer[]) => {
      const data: unknown = structuredClone(message, { transfer });
      setTimeout(() => !isOver && listeners.forEach((listener) => listener({ data })), delay);
    };
    serveRadiomics({
      postMessage: (message, transfer) => send(toPage, message, transfer),
      addEventListener: (_type, listener) => toWorker.push(listener),
    });
    return {
      postMessage: (message, transfer) => send(toWorker, message, transfer),
      addEventListener: (type: "message" | "error", listener: Listener & ((event: object) => void)) => {
        if (type === "message") toPage.push(listener);
        else errors.push(() => listener({ data: null, message: "out of memory" } as never));
      },
      terminate: () => {
        isOver = true;
        log.push("ended");
      },
    };
  };
  return { start, log, errors };
}

function job(seed: number): RadiomicsJob {
  const values = Uint8Array.from({ length: 400 }, (_, p) => (p * 37 + p * p * seed) % 251);
  const inside = Uint8Array.from({ length: 400 }, (_, p) => (p % 20 > 3 && p > 60 ? 1 : 0));
  return {
    image: { dimensions: [20, 20, 1], spacingMm: [0.1, 0.1, 1], values },
    mask: { dimensions: [20, 20, 1], values: inside },
    settings: defaultRadiomicsSettings,
  };
}

const expected = (seed: number) => {
  const { image, mask, settings } = job(seed);
  return extractRadiomics(image, mask, settings);
};

describe("radiomics in a worker", () => {
  it("gives what extraction gives, whatever the order of questions", async () => {
    const { start, log } = createWorkers();
    const client = createRadiomicsClient(start);
    const answers = await Promise.all([1, 2, 3].map((seed) => client.extract(job(seed))));
    expect(answers).toEqual([1, 2, 3].map(expected));
    expect(log).toEqual(["started"]);
    client.close();
  });

  it("copies pixels, or moves them where that is asked for", async () => {
    const client = createRadiomicsClient(createWorkers().start);
    const [kept, moved] = [job(1), job(2)];
    await client.extract(kept);
    expect(kept.image.values).toHaveLength(400);
    expect(await client.extract(moved, { transfer: true })).toEqual(expected(2));
    expect([moved.image.values, moved.mask.values].map(({ length }) => length)).toEqual([0, 0]);
    client.close();
  });

  it("refuses an input with its problems and goes on with the next", async () => {
    const client = createRadiomicsClient(createWorkers().start);
    const broken = { ...job(1), settings: { ...defaultRadiomicsSettings, families: [] } };
    const [first, second] = await Promise.allSettled([client.extract(broken), client.extract(job(2))]);
    const { problems } = (first as PromiseRejectedResult).reason as InputError;
    expect(problems).toEqual([expect.stringContaining("needs at least one family")]);
    expect(second).toEqual({ status: "fulfilled", value: expected(2) });
    client.close();
  });

  it("reports input that no caller can mend as a failure", async () => {
    const client = createRadiomicsClient(createWorkers().start);
    await expect(client.extract({ ...job(1), mask: null } as never)).rejects.toThrow(TypeError.name);
    client.close();
  });
});

describe("a job that is cancelled", () => {
  it("ends the worker that does it, and the next one is done by another", async () => {
    const { start, log } = createWorkers(20);
    const client = createRadiomicsClient(start);
    const stop = new AbortController();
    const first = client.extract(job(1), { signal: stop.signal });
    const second = client.extract(job(2));
    stop.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    expect(await second).toEqual(expected(2));
    expect(log).toEqual(["started", "ended", "started"]);
    client.close();
  });

  it("leaves the queue when its turn has not come, and the worker alone", async () => {
    const { start, log } = createWorkers();
    const client = createRadiomicsClient(start);
    const stop = new AbortController();
    const first = client.extract(job(1));
    const second = client.extract(job(2), { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    expect(await first).toEqual(expected(1));
    expect(log).toEqual(["started"]);
    client.close();
  });

  it("is not begun when it was cancelled before, and is done when it is cancelled after", async () => {
    const { start, log } = createWorkers();
    const client = createRadiomicsClient(start);
    const stop = new AbortController();
    expect(await client.extract(job(1), { signal: stop.signal })).toEqual(expected(1));
    stop.abort(new Error("enough"));
    await expect(client.extract(job(1), { signal: stop.signal })).rejects.toThrow("enough");
    expect(log).toEqual(["started"]);
    client.close();
  });
});

describe("a worker that fails", () => {
  it("rejects its job, and is replaced for the next", async () => {
    const { start, log, errors } = createWorkers(20);
    const client = createRadiomicsClient(start);
    const [first, second] = [client.extract(job(1)), client.extract(job(2))];
    errors[0]();
    await expect(first).rejects.toThrow(/worker failed: out of memory/);
    expect(await second).toEqual(expected(2));
    expect(log).toEqual(["started", "ended", "started"]);
    client.close();
  });

  it("rejects all jobs when the client is closed", async () => {
    const { start } = createWorkers(20);
    const client = createRadiomicsClient(start);
    const jobs = [client.extract(job(1)), client.extract(job(2))];
    client.close();
    for (const one of jobs) await expect(one).rejects.toThrow("closed");
  });
});
