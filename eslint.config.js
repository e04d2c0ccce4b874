import js from "@eslint/js";
import globals from "globals";

const vendor = {
  group: ["**/vendor/*"],
  message: "Only static/js/lib imports libraries; elements and pages use what lib offers.",
};
const idiomorph = {
  group: ["**/vendor/idiomorph*"],
  message: "lib/patch.js is the only caller of idiomorph: it knows what must never be morphed.",
};

export default [
  { ignores: ["static/vendor/", "static/.vendor-draft/", "node_modules/", ".venv/", "var/", "build/", "dist/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-console": ["error", { allow: ["warn", "error"] }],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
    },
  },
  {
    files: ["static/js/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 40],
      complexity: ["error", 20],
      "no-restricted-imports": ["error", { patterns: [vendor] }],
    },
  },
  { files: ["static/js/lib/**/*.js"], rules: { "no-restricted-imports": ["error", { patterns: [idiomorph] }] } },
  { files: ["static/js/lib/patch.js"], rules: { "no-restricted-imports": "off" } },
  { files: ["static/js/**/*worker.js"], languageOptions: { globals: globals.serviceworker } },
  { files: ["tests/gallery/**/*.js", "tests/browser/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["scripts/**/*.mjs", "tests/**/*.mjs", "bench/**/*.mjs"], languageOptions: { globals: globals.node } },
];
