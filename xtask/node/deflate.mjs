// Compresses the given files with raw deflate into the folder given first, under the same names.
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { deflateRawSync } from "node:zlib";

// Smaller blocks than usual fit wasm better.
const OPTIONS = { level: 9, memLevel: 6 };

const [folder, ...files] = process.argv.slice(2);
for (const file of files) await writeFile(join(folder, basename(file)), deflateRawSync(await readFile(file), OPTIONS));
