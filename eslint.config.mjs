import { defineConfig, globalIgnores } from "eslint/config";
import lit from "eslint-plugin-lit";
import litA11y from "eslint-plugin-lit-a11y";
import wc from "eslint-plugin-wc";
import tseslint from "typescript-eslint";

const NO_DEFAULT_EXPORT = { selector: "ExportDefaultDeclaration", message: "Use a named export." };
const NO_FOCUS = {
  selector: "MemberExpression[object.name=/^(test|it|describe|suite)$/][property.name=/^(only|skip|todo)$/]",
  message: "Every test runs, always.",
};

/** Rules of ESLint itself, for every file; the type checker sees the rest of what its recommended set looks for. */
const CORE = {
  eqeqeq: "error",
  "no-cond-assign": "error",
  "no-constant-condition": ["error", { checkLoops: "allExceptWhileTrue" }],
  "no-control-regex": "error",
  "no-debugger": "error",
  "no-dupe-else-if": "error",
  "no-duplicate-case": "error",
  "no-empty": "error",
  "no-fallthrough": "error",
  "no-irregular-whitespace": "error",
  "no-loss-of-precision": "error",
  "no-misleading-character-class": "error",
  "no-self-assign": "error",
  "no-self-compare": "error",
  "no-sparse-arrays": "error",
  "no-template-curly-in-string": "error",
  "no-unreachable-loop": "error",
  "no-unsafe-finally": "error",
  "no-unused-expressions": "error",
  "no-useless-catch": "error",
  "no-useless-escape": "error",
  "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"], location: "start" }],
  "prefer-const": "error",
};

export default defineConfig(
  globalIgnores(["**/dist/", "**/node_modules/", "docs/api/", "coverage/", "test-results/", "examples/*/**/*.ts"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" }, rules: CORE },

  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ["tsconfig.test.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["test", "it", "describe", "suite"] },
          ],
        },
      ],
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "all" }],
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/return-await": ["error", "error-handling-correctness-only"],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "max-lines": ["error", { max: 350 }],
      "no-restricted-syntax": ["error", NO_DEFAULT_EXPORT, NO_FOCUS],
    },
  },

  {
    name: "the SDK and the widget: no console, and randomness only from the system's generator",
    files: ["packages/{sdk,widget}/src/**/*.ts"],
    ignores: ["**/*.test.ts", "**/testing/**"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        {
          object: "Math",
          property: "random",
          message: "Take randomness as a parameter; the default is crypto/random.ts.",
        },
      ],
    },
  },

  {
    name: "tests: fields of a stage or a harness are taken apart",
    files: ["tests/**/*.ts", "**/*.test.ts", "**/testing/**/*.ts"],
    rules: { "@typescript-eslint/unbound-method": "off" },
  },

  {
    name: "elements",
    files: ["packages/widget/src/**/*.ts", "packages/relay/src/pages/browser/**/*.ts"],
    extends: [lit.configs["flat/recommended"], wc.configs["flat/recommended"], litA11y.configs.recommended],
    settings: { wc: { elementBaseClasses: ["LitElement", "SessionElement", "RunElement"] } },
    rules: {
      "lit/no-private-properties": ["error", { private: "^_", protected: "^__" }],
      "lit/no-useless-template-literals": "error",
      "lit/no-native-attributes": "off",
      "lit/prefer-static-styles": ["error", "always"],
      // Handlers may be private (#) and arrows in templates are cheap in Lit 3.
      "lit/no-template-arrow": "off",
      // A strict Content-Security-Policy blocks both: set custom properties with `style.setProperty`.
      "lit/ban-attributes": ["error", "style"],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "lit/directives/style-map.js", message: "Blocked by a strict CSP; use style.setProperty." },
            { name: "lit/directives/unsafe-html.js", message: "Nothing that came over the wire becomes HTML." },
          ],
        },
      ],
      "wc/guard-super-call": "off",
    },
  },
);
