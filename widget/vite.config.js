// One file for every shop's page, with the texts of data/widget.yml compiled into functions: no parser of messages,
// and nothing evaluated, at run time.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import MessageFormat from "@messageformat/core";
import compileModule from "@messageformat/core/compile-module";
import { parse } from "yaml";
import { defineConfig } from "vite";

const TEXTS = fileURLToPath(new URL("../data/widget.yml", import.meta.url));
const LANGUAGES = ["en", "zh-CN", "es", "ru"];

function texts() {
  const name = "virtual:texts";
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      this.addWatchFile(TEXTS);
      const { texts } = parse(readFileSync(TEXTS, "utf-8"));
      const byLanguage = Object.fromEntries(
        LANGUAGES.map((language) => [
          language,
          Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text[language]])),
        ]),
      );
      return compileModule(new MessageFormat(LANGUAGES), byLanguage);
    },
  };
}

export default defineConfig({
  plugins: [texts()],
  build: {
    outDir: fileURLToPath(new URL("../redress/web/static", import.meta.url)),
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2022",
    lib: { entry: "src/main.ts", formats: ["es"], fileName: () => "widget.js" },
  },
});
