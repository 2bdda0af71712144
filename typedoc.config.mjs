/** The documentation site in `docs/api`: the guides and pages of `docs`, and the API reference from the doc comments behind each package's entry points (its `typedoc.json`). */
import { OptionDefaults } from "typedoc";

/** In the order in which the site shows them. */
const GUIDES = ["first-room", "embed", "own-ui", "verify", "theming", "laboratory", "troubleshooting", "faq"];
const PAGES = ["relay", "threat-model", "protocol", "bb84", "architecture"];

const shared = {
  disableSources: true,
  // A type that only shapes a public one is shown in place and need not be exported for the reference's sake.
  validation: { notExported: false, invalidLink: true, rewrittenLink: true, notDocumented: true },
  requiredToBeDocumented: ["Class", "Interface", "TypeAlias", "Variable", "Enum"],
  blockTags: [...OptionDefaults.blockTags, "@attr", "@cssprop", "@csspart", "@fires", "@slot", "@tagname"],
};

/**
 * Elements inherit the comment on `styles` from Lit, and with it a link to Lit's `css`.
 * @param {import("typedoc").Application} app
 */
function resolveLinksOfLit(app) {
  app.converter.addUnknownSymbolResolver(({ symbolReference }) => {
    const isCss = symbolReference?.path?.length === 1 && symbolReference.path[0]?.path === "css";
    return isCss ? "https://lit.dev/docs/components/styles/" : undefined;
  });
}

/** @type {import("typedoc").TypeDocOptions} */
export default {
  ...shared,
  plugin: [resolveLinksOfLit],
  name: "QSEC2",
  entryPoints: ["packages/sdk", "packages/widget", "packages/relay"],
  entryPointStrategy: "packages",
  out: "docs/api",
  treatWarningsAsErrors: true,
  readme: "docs/README.md",
  projectDocuments: [...GUIDES.map((name) => `docs/guides/${name}.md`), ...PAGES.map((name) => `docs/${name}.md`)],
  highlightLanguages: [...OptionDefaults.highlightLanguages, "nginx", "mermaid"],
  ignoredHighlightLanguages: ["caddyfile"],
  navigation: { includeGroups: true },
  groupOrder: ["Guides", "Documents", "Modules", "*"],
  searchInDocuments: true,
  searchInComments: true,
  sortEntryPoints: false,
  packageOptions: { ...shared, readme: "none", excludeExternals: true, excludeInternal: true, excludePrivate: true },
};
