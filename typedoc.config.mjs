/** The API reference, from the doc comments behind each package's entry points (its `typedoc.json`) into `docs/api`. */
import { OptionDefaults } from "typedoc";

const shared = {
  disableSources: true,
  treatWarningsAsErrors: true,
  // A type that only shapes a public one is shown in place and need not be exported for the reference's sake.
  validation: { notExported: false, invalidLink: true, rewrittenLink: true, notDocumented: false },
  blockTags: [...OptionDefaults.blockTags, "@attr", "@cssprop", "@csspart", "@fires", "@slot", "@tagname"],
};

/** @type {import("typedoc").TypeDocOptions} */
export default {
  ...shared,
  name: "QSEC2",
  entryPoints: ["packages/sdk", "packages/widget", "packages/relay"],
  entryPointStrategy: "packages",
  out: "docs/api",
  readme: "README.md",
  packageOptions: { ...shared, readme: "none", excludeExternals: true, excludeInternal: true, excludePrivate: true },
};
