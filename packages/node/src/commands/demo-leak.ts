import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  demonstrateLeak,
  findMistake,
  type LeakDemonstration,
  mistakes,
  renderLeakPage,
} from "@sentinode/core";
import { createDrawingDocument } from "../files/drawing-document.ts";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { softwareName } from "../software.ts";
import { type CommandCall, integerOption, type OptionDescription, textOption } from "./command.ts";

/** What `demo` takes for the leak laboratory. */
export const leakOptions: Readonly<Record<string, OptionDescription>> = {
  leak: {
    value: "MODE",
    help: "the leak laboratory: one deliberate mistake beside the right way, `all` of them, or `list`",
  },
  permutations: { value: "N", help: "of the audit in the leak laboratory (default: 100)" },
};

/** The leak laboratory: what a deliberate mistake does to a simulated cohort, and who notices. */
export async function demonstrateLeaks(call: CommandCall): Promise<unknown> {
  const mode = textOption(call, "leak");
  if (mode === "list") return listed(call);
  const chosen = mode === "all" ? mistakes : [findMistake(mode ?? "")];
  const patients = integerOption(call, "patients", 100) ?? 300;
  const seed = integerOption(call, "seed", 0) ?? 1;
  const permutations = integerOption(call, "permutations", 20) ?? 100;
  const out = await outputFolder(resolve(textOption(call, "out") ?? "demo-leak"));
  const { terminal, interrupted } = call;
  terminal.say(
    `SIMULATED DATA: ${String(patients)} simulated patients, seed ${String(seed)}, deliberate mistakes; never a way to analyse`,
  );
  const leaks: LeakDemonstration[] = [];
  for (const mistake of chosen) {
    let done = 0;
    terminal.say("");
    const leak = await demonstrateLeak(mistake, {
      patients,
      seed,
      permutations,
      afterEach: async () => {
        terminal.progress(mistake.mode, ++done, 2 * permutations);
        await setImmediate();
        interrupted.throwIfAborted();
      },
    });
    leaks.push(leak);
    for (const line of summary(leak)) terminal.say(line);
  }
  const page = join(out, "leak-laboratory.html");
  const results = { schema: "sentinode/leaks@1", simulated: true, leaks };
  await writeFileAtomically(join(out, "leak.json"), `${JSON.stringify(results, null, 2)}\n`);
  await writeFileAtomically(page, renderLeakPage(leaks, softwareName, createDrawingDocument()));
  terminal.say(`\npage: ${page}`);
  return {
    simulated: true,
    patients,
    seed,
    permutations,
    page,
    results: join(out, "leak.json"),
    leaks: leaks.map((leak) => ({
      mode: leak.mode,
      honest: figures(leak.honest),
      leaky: figures(leak.leaky),
      refusal: leak.refusal,
      caughtBy: leak.caughtBy,
    })),
  };
}

function listed({ terminal }: CommandCall): unknown {
  const width = Math.max(...mistakes.map(({ mode }) => mode.length)) + 2;
  for (const { mode, title } of mistakes) terminal.say(`${mode.padEnd(width)}${title}`);
  return { modes: mistakes.map(({ mode, title }) => ({ mode, title })) };
}

/** AUCs of the model with images. */
function figures({ models, audit }: LeakDemonstration["leaky"]) {
  const { test, truth } = models[models.length - 1];
  const permuted = audit.lamps[0].evidence.models;
  return { test: test.value, truth: truth.value, permuted: permuted[permuted.length - 1].mean };
}

function summary(leak: LeakDemonstration): readonly string[] {
  const line = (name: string, { test, truth, permuted }: ReturnType<typeof figures>) =>
    `  ${name.padEnd(18)}AUC in the test set ${test.toFixed(3)}, on new patients ${truth.toFixed(3)}, with permuted outcomes ${permuted.toFixed(3)}`;
  return [
    `${leak.title} (${leak.mode})`,
    line("done rightly", figures(leak.honest)),
    line("with the mistake", figures(leak.leaky)),
    ...(leak.refusal === null ? [] : [`  refused by a run: ${leak.refusal.split("\n")[0]}`]),
    ...leak.leaky.audit.lamps.flatMap(({ title, colour, reasons }) =>
      reasons.length === 0 ? [] : [`  ${colour.padEnd(6)}${title}: ${reasons[0].message}`],
    ),
  ];
}
