/** Who may import whom (docs/architecture.md). Type-only imports count. */
const rooms = {
  math: [],
  documents: [],
  cohort: ["math"],
  image: ["math"],
  features: ["math", "cohort", "image"],
  radiomics: ["math", "documents", "image", "features"],
  "deep-learning": ["math", "cohort", "image", "features"],
  selection: ["math", "cohort", "features"],
  models: ["math", "cohort", "features", "selection"],
  validation: ["math", "cohort"],
  study: [
    "math",
    "documents",
    "cohort",
    "image",
    "features",
    "radiomics",
    "deep-learning",
    "selection",
    "models",
    "validation",
  ],
  calculator: ["cohort", "image", "features", "radiomics", "deep-learning", "models"],
  report: [
    "math",
    "cohort",
    "image",
    "features",
    "radiomics",
    "deep-learning",
    "selection",
    "models",
    "validation",
    "study",
    "calculator",
  ],
};

/** Runtime-neutral packages that core may use; each has its reason in docs/dependencies.md. */
const coreMayUse = ["zod", "yaml", "@observablehq/plot", "@noble/hashes"];

export default {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphan-packages",
      severity: "error",
      from: { path: "^packages", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev"], pathNot: "^packages" },
    },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `core-${room}`,
      severity: "error",
      comment: `${room} may import ${allowed.join(", ") || "nothing"} (docs/architecture.md)`,
      from: { path: `^packages/core/src/${room}/`, pathNot: "\\.test\\.ts$" },
      to: {
        path: "^packages/core/src/",
        pathNot: [`^packages/core/src/(errors\\.ts$|${[room, ...allowed].join("/|")}/)`],
      },
    })),
    {
      name: "core-is-runtime-neutral",
      severity: "error",
      from: { path: "^packages/core/src/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: [`^packages/core/src/`, `^node_modules/(${coreMayUse.join("|")})/`] },
    },
    {
      name: "core-by-its-front-door",
      severity: "error",
      from: { path: "^packages/(node|workbench)/src/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^packages/core/",
        pathNot:
          "^packages/core/src/(index|statistics|radiomics/(index|read-settings|worker/(start|radiomics-client)))\\.ts$",
      },
    },
    {
      name: "node-and-workbench-apart",
      severity: "error",
      from: { path: "^packages/node/" },
      to: { path: "^packages/workbench/" },
    },
    {
      name: "workbench-and-node-apart",
      severity: "error",
      from: { path: "^packages/workbench/" },
      to: { path: "^packages/node/" },
    },
    {
      name: "sources-do-not-import-tests",
      severity: "error",
      from: { pathNot: "\\.test\\.ts$" },
      to: { path: "\\.test\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      conditionNames: ["@sentinode/source", "import", "types", "node", "default"],
      exportsFields: ["exports"],
      extensions: [".ts", ".js", ".mjs", ".json"],
    },
    exclude: { path: "(^|/)dist/" },
  },
};
