import type { Server } from "node:http";
import { createRelay } from "@qsec2/relay";
import vue from "@vitejs/plugin-vue";
import { defineConfig, type Plugin, type PreviewServer, type ViteDevServer } from "vite";

/** A relay on the server of the page, in memory: for trying it out. In earnest it is a server of its own. */
function relay(): Plugin {
  const attach = async ({ httpServer }: ViteDevServer | PreviewServer): Promise<void> => {
    if (httpServer !== null) await createRelay(httpServer as Server, { db: false, logLevel: "warn" });
  };
  return { name: "qsec2-relay", configureServer: attach, configurePreviewServer: attach };
}

/** Vue would take them for components that it does not know. */
const isCustomElement = (tag: string): boolean => tag.startsWith("qsec-");

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } }), relay()],
  build: { target: "es2022" },
});
