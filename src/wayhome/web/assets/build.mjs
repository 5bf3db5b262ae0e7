// Compiles the styles and scripts into ../static/build. Run with `npm run build`.

import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const assets = dirname(fileURLToPath(import.meta.url));
const packages = join(assets, "../../../../node_modules");
const built = join(assets, "../static/build");

const FACES = ["400-normal", "400-italic", "700-normal"];

async function styles() {
  const { css } = sass.compile(join(assets, "styles/wayhome.scss"), {
    loadPaths: [packages],
    style: "compressed",
    quietDeps: true,
  });
  await writeFile(join(built, "wayhome.css"), css);
}

async function fonts() {
  await mkdir(join(built, "fonts"));
  const source = join(packages, "@fontsource/atkinson-hyperlegible/files");
  const copy = (face) => {
    const name = `atkinson-hyperlegible-latin-${face}.woff2`;
    return cp(join(source, name), join(built, "fonts", name));
  };
  await Promise.all(FACES.map(copy));
}

async function scripts() {
  // `supported` runs before the page is drawn, so it is small, classic and not deferred.
  const common = { bundle: true, minify: true, target: "es2020", legalComments: "none", nodePaths: [packages] };
  await esbuild.build({ ...common, entryPoints: [join(assets, "scripts/supported.js")], outdir: built, format: "iife" });
  await esbuild.build({ ...common, entryPoints: [join(assets, "scripts/wayhome.js")], outdir: built, format: "esm" });
}

async function pictures() {
  await cp(join(assets, "pictures"), join(built, "pictures"), { recursive: true });
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await Promise.all([styles(), fonts(), scripts(), pictures()]);
