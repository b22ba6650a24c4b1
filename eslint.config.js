import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

const elementary = [
  "exp",
  "log",
  "log2",
  "log10",
  "log1p",
  "expm1",
  "pow",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "atan2",
  "sinh",
  "cosh",
  "tanh",
  "cbrt",
  "hypot",
];

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "**/*.generated.ts", "packages/core/kernels/**"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js", "*.mjs"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { jsdoc },
    rules: {
      complexity: ["error", 12],
      "max-params": ["error", 4],
      "max-lines": ["error", { max: 250 }],
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      // Node keeps an import whose names are all types: it would load the module.
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["packages/core/src/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...elementary.map((property) => ({
          object: "Math",
          property,
          message: "Engines differ in the last bit: import it from math/elementary.ts.",
        })),
        { object: "Math", property: "random", message: "Take a Random from math/random.ts." },
        { object: "Date", property: "now", message: "Core knows no clock." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "BinaryExpression[operator='**']",
          message: "`**` differs between engines: multiply, or import pow from math/elementary.ts.",
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "Core knows no clock.",
        },
        {
          selector: "CallExpression[callee.property.name='sort'][arguments.length=0]",
          message: "sort() without a comparator sorts numbers as text.",
        },
        {
          selector:
            "CallExpression[callee.property.name=/^(localeCompare|toLocaleString|toLocaleDateString|toLocaleTimeString|toLocaleUpperCase|toLocaleLowerCase)$/]",
          message: "Results must not depend on the locale.",
        },
        { selector: "Identifier[name='Intl']", message: "Results must not depend on the locale." },
        {
          selector:
            "CallExpression[callee.property.name=/^(getFullYear|getMonth|getDate|getDay|getHours|getMinutes|getTimezoneOffset)$/]",
          message: "Results must not depend on the time zone: use the UTC methods.",
        },
        { selector: "CallExpression[callee.name='Date']", message: "Core knows no clock." },
      ],
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          contexts: ["TSInterfaceDeclaration", "TSTypeAliasDeclaration"],
          require: { FunctionDeclaration: true },
        },
      ],
    },
  },
  {
    files: ["**/*.test.ts", "e2e/**/*.ts", "bench/**/*.ts", "scripts/**/*.ts"],
    rules: {
      "max-lines": "off",
      "no-console": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  { files: ["**/*.js", "**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
