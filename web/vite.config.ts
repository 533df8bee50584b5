import { defineConfig } from "vitest/config";

/**
 * Builds into the Python package, in two runs: the pages, and with `--mode component` the component as one file of its
 * own. Names carry no hash: the server sends an ETag, and the files are committed.
 */
export default defineConfig(({ mode }) => {
  const component = mode === "component";
  const pages = { registration: "src/registration.ts", try: "src/try.ts", receipt: "src/receipt.ts" };
  return {
    base: "./",
    publicDir: component ? false : "public",
    build: {
      outDir: "../src/simreg/web/built",
      emptyOutDir: !component,
      target: "es2022",
      modulePreload: false,
      reportCompressedSize: false,
      license: component ? false : { fileName: "licences.md" },
      rollupOptions: {
        input: component ? { "portrait-capture": "src/portrait-capture.ts" } : pages,
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "[name].js", chunkFileNames: "shared.js" },
      },
    },
    test: { include: ["tests/**/*.test.ts"], environment: "happy-dom" },
  };
});
